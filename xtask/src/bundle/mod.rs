//! The browser bundle: wasm, its JavaScript and the stylesheet, small, compressed and named by their content.

mod compress;
mod publish;
mod style;
mod wasm;

use crate::{install, progress::Progress, workspace::Workspace};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// Changes when the way from sources to bundle changes, so that bundles made the old way are made anew.
const RECIPE: &str = "1";
/// The name that the pages' shell asks for.
const OUTPUT_NAME: &str = "lingdong";

/// Builds the bundle into the site folder; what is up to date is left as it is.
pub(crate) fn build(workspace: &Workspace, progress: &Progress) -> Result<()> {
    install::wasm_target(progress)?;
    let optimiser = wasm::Optimiser::set_up(workspace, progress)?;
    let compiled = wasm::compile(workspace, progress)?;
    let stylesheet = style::concatenate(&workspace.path("style/main.css"))?;

    let inputs = fingerprint(&compiled, &stylesheet, &optimiser)?;
    let stamp = workspace.stamp("bundle-inputs");
    let site = workspace.site();
    if site.join("hash.txt").exists() && fs::read_to_string(&stamp).is_ok_and(|made| made == inputs) {
        return Ok(());
    }
    let step = progress.step("browser bundle");
    let made = wasm::bind(&compiled, &workspace.stamp("bindgen"))?;
    step.note("making the wasm small");
    let wasm = optimiser.shrink(&made.wasm)?;
    step.note("compressing");
    let sizes =
        publish::publish(&site, &publish::Bundle { script: made.script, wasm, stylesheet, snippets: made.snippets })?;
    let folder = stamp.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    fs::write(&stamp, inputs).with_context(|| format!("{} could not be written", stamp.display()))?;
    step.done(&sizes);
    Ok(())
}

fn fingerprint(compiled: &Path, stylesheet: &str, optimiser: &wasm::Optimiser) -> Result<String> {
    let wasm = fs::read(compiled).with_context(|| format!("{} could not be read", compiled.display()))?;
    let mut hash = Sha256::new();
    hash.update(RECIPE);
    hash.update(optimiser.describe());
    hash.update(wasm);
    hash.update(stylesheet);
    Ok(hex::encode(hash.finalize()))
}
