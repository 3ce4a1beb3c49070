//! From the `app` crate to a small wasm and the JavaScript that loads it.

use super::OUTPUT_NAME;
use crate::{command, install, progress::Progress, workspace::Workspace};
use anyhow::{Context, Result, anyhow, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use wasm_bindgen_cli_support::Bindgen;

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

/// What wasm-bindgen makes.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) wasm: PathBuf,
    pub(super) script: String,
    /// A folder of further JavaScript that the script imports, where a crate brings some.
    pub(super) snippets: Option<PathBuf>,
}

/// Runs wasm-bindgen, at the very version the crates were compiled with.
pub(super) fn bind(compiled: &Path, folder: &Path) -> Result<Bound> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} could not be emptied", folder.display()))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .web(true)
        .map_err(|error| anyhow!("{error:#}"))?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name(OUTPUT_NAME);
    bindgen.generate(folder).map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
    let script = folder.join(format!("{OUTPUT_NAME}.js"));
    let script = fs::read_to_string(&script).with_context(|| format!("{} could not be read", script.display()))?;
    let snippets = folder.join("snippets");
    Ok(Bound {
        wasm: folder.join(format!("{OUTPUT_NAME}_bg.wasm")),
        script,
        snippets: snippets.exists().then_some(snippets),
    })
}

/// Makes wasm small; without npm on the machine the bundle works, but is larger.
#[derive(Debug)]
pub(super) enum Optimiser {
    Binaryen(PathBuf),
    Missing,
}

impl Optimiser {
    pub(super) fn set_up(workspace: &Workspace, progress: &Progress) -> Result<Self> {
        if !install::on_path("npm") {
            progress.say("npm is missing: the browser bundle will be larger than need be");
            return Ok(Self::Missing);
        }
        install::npm_packages(workspace, progress, "xtask")?;
        Ok(Self::Binaryen(workspace.path("xtask/node_modules/.bin/wasm-opt")))
    }

    pub(super) const fn describe(&self) -> &'static str {
        match self {
            Self::Binaryen(_) => "binaryen",
            Self::Missing => "none",
        }
    }

    pub(super) fn shrink(&self, wasm: &Path) -> Result<Vec<u8>> {
        let small = wasm.with_extension("small.wasm");
        match self {
            Self::Missing => {
                return fs::read(wasm).with_context(|| format!("{} could not be read", wasm.display()));
            }
            Self::Binaryen(program) => {
                let output = Command::new(program)
                    .arg("-Oz")
                    .args(WASM_FEATURES)
                    .arg(wasm)
                    .arg("-o")
                    .arg(&small)
                    .output()
                    .with_context(|| format!("{} could not be started", program.display()))?;
                if !output.status.success() {
                    bail!("wasm-opt failed: {}", String::from_utf8_lossy(&output.stderr));
                }
            }
        }
        fs::read(&small).with_context(|| format!("{} could not be read", small.display()))
    }
}
