//! From the `app` crate to small wasm files and the JavaScript that loads them.

use super::OUTPUT_NAME;
use crate::{command, install, progress::Progress, workspace::Workspace};
use anyhow::{Context, Result, anyhow, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support as wasm_split;

/// All that rustc may use by default; an optimiser that knows less would refuse the file.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Compiles the pages for the browser and says where the wasm is.
pub(super) fn compile(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let step = progress.step("pages for the browser");
    let mut cargo = workspace.cargo();
    cargo.args(["build", "-p", "app", "--lib", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--no-default-features", "--features", "hydrate", "--profile", "wasm-release"]);
    let built = command::must(&step, cargo)?;
    let compiled = built.iter().filter(|line| line.trim_start().starts_with("Compiling")).count();
    step.done(&if compiled == 0 { "up to date".to_owned() } else { format!("{compiled} packages built") });
    Ok(workspace.target().join("wasm32-unknown-unknown/wasm-release/app.wasm"))
}

/// The module that loads the parts which are not loaded at once, as browsers name it from the main one.
const LINK_NAME: &str = "./parts.js";
/// Which files of the bundle a lazy part needs, for the server to hint at.
pub(crate) const PARTS_MANIFEST: &str = "parts.json";

/// Cuts off what is loaded only when it is needed (`#[lazy_route]` in `app`), and runs wasm-bindgen, at the very version
/// the crates were compiled with, on what is left. All that a browser may load is then in `folder`.
pub(super) fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} could not be emptied", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    let whole = fs::read(compiled).with_context(|| format!("{} could not be read", compiled.display()))?;
    let main = folder.join("main.wasm");
    let main_module = format!("./{OUTPUT_NAME}.js");
    let mut cut = wasm_split::Options::new(&whole);
    cut.output_dir = folder;
    cut.main_out_path = &main;
    cut.main_module = &main_module;
    cut.link_name = LINK_NAME;
    let parts = wasm_split::transform(cut).map_err(|error| anyhow!("wasm-split: {error:#}"))?;
    let manifest = serde_json::to_vec(&parts.prefetch_map)?;
    fs::write(folder.join(PARTS_MANIFEST), manifest).context("the list of lazy parts could not be written")?;

    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(&main)
        .web(true)
        .map_err(|error| anyhow!("{error:#}"))?
        .typescript(false)
        .omit_default_module_path(true)
        // The parts refer to the main module by these.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name(OUTPUT_NAME);
    bindgen.generate(folder).map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
    fs::remove_file(&main).with_context(|| format!("{} could not be removed", main.display()))
}

/// Compiles an example of `components` for browsers as the bundle is compiled, and makes of it what Node.js can run; says
/// where that is. What is measured so is what readers get.
pub(crate) fn example_for_node(workspace: &Workspace, progress: &Progress, example: &str) -> Result<PathBuf> {
    install::wasm_target(progress)?;
    let optimiser = Optimiser::set_up(workspace, progress)?;
    let step = progress.step(&format!("{example} as wasm"));
    let mut cargo = workspace.cargo();
    // Together with the application, so that what both stand on is built once.
    cargo.args(["build", "-p", "app", "-p", "components", "--example", example, "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--no-default-features", "--features", "app/hydrate", "--profile", "wasm-release"]);
    command::must(&step, cargo)?;
    let compiled = workspace.target().join(format!("wasm32-unknown-unknown/wasm-release/examples/{example}.wasm"));
    let folder = workspace.stamp(example);
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&compiled).nodejs(true).map_err(|error| anyhow!("{error:#}"))?;
    bindgen.typescript(false).remove_name_section(true).remove_producers_section(true).out_name(example);
    bindgen.generate(&folder).map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
    step.note("making the wasm small");
    optimiser.shrink(&folder.join(format!("{example}_bg.wasm")))?;
    step.done("");
    Ok(folder.join(format!("{example}.js")))
}

/// Makes wasm small; without npm on the machine the bundle works, but is larger.
#[derive(Debug)]
pub(super) enum Optimiser {
    Binaryen(PathBuf),
    Missing,
}

impl Optimiser {
    pub(super) fn set_up(workspace: &Workspace, progress: &Progress) -> Result<Self> {
        if !Self::is_there() {
            progress.say("npm is missing: the browser bundle will be larger than need be");
            return Ok(Self::Missing);
        }
        install::npm_packages(workspace, progress, "xtask")?;
        Ok(Self::Binaryen(workspace.path("xtask/node_modules/.bin/wasm-opt")))
    }

    /// Whether the machine has what wasm is made small with.
    pub(super) fn is_there() -> bool {
        install::on_path("npm")
    }

    pub(super) const fn describe(&self) -> &'static str {
        match self {
            Self::Binaryen(_) => "binaryen",
            Self::Missing => "none",
        }
    }

    /// Puts a smaller file in the place of this one.
    pub(super) fn shrink(&self, wasm: &Path) -> Result<()> {
        match self {
            Self::Missing => Ok(()),
            Self::Binaryen(program) => {
                let mut command = Command::new(program);
                command.arg("-Oz").args(WASM_FEATURES).arg(wasm).arg("-o").arg(wasm);
                let output = command.output().with_context(|| format!("{} could not be started", program.display()))?;
                if !output.status.success() {
                    bail!("wasm-opt failed: {}", String::from_utf8_lossy(&output.stderr));
                }
                Ok(())
            }
        }
    }
}
