//! The browser bundle: wasm in parts, their JavaScript and the stylesheet, small, compressed, in a folder named by its
//! content.

mod compress;
mod publish;
mod sizes;
mod style;
mod wasm;

pub(crate) use sizes::{Sizes, kib};
use wasm::PARTS_MANIFEST;
pub(crate) use wasm::example_for_node;

use crate::{install, progress::Progress, workspace::Workspace};
use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use std::{cmp::Reverse, fs, path::Path, sync::Mutex, thread};

/// Changes when the way from sources to bundle changes, so that bundles made the old way are made anew.
const RECIPE: &str = "3";
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
    if site.exists() && fs::read_to_string(&stamp).is_ok_and(|made| made == inputs) {
        return Ok(());
    }
    let step = progress.step("browser bundle");
    let folder = workspace.stamp("bundle");
    wasm::bind(&compiled, &folder)?;
    step.note("making the wasm small");
    let paths = fs::read_dir(&folder).with_context(|| format!("{} could not be read", folder.display()))?;
    let paths = paths.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let wasm = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "wasm"));
    at_once(wasm, |path| optimiser.shrink(path))?;
    let style_path = folder.join(format!("{OUTPUT_NAME}.css"));
    fs::write(&style_path, stylesheet).with_context(|| format!("{} could not be written", style_path.display()))?;
    step.note("compressing");
    let published = publish::publish(&site, &folder)?;
    fs::write(&stamp, inputs).with_context(|| format!("{} could not be written", stamp.display()))?;
    step.done(&sizes(&published));
    Ok(())
}

/// Builds it, and fails where a reader's browser would load more of it first than is promised. Without an optimiser on the
/// machine nothing is promised.
pub(crate) fn build_and_weigh(workspace: &Workspace, progress: &Progress) -> Result<()> {
    build(workspace, progress)?;
    if !wasm::Optimiser::is_there() {
        return Ok(());
    }
    Sizes::of_site(&workspace.site())?.check()
}

/// Does the same with each, as many side by side as there are processors: what takes long here uses one core, and much memory.
fn at_once<T: Send, O: Send>(
    all: impl IntoIterator<Item = T, IntoIter: Send>,
    one: impl Fn(T) -> Result<O> + Sync,
) -> Result<Vec<O>> {
    let waiting = Mutex::new(all.into_iter().enumerate());
    let next =
        || waiting.lock().map_err(|_| anyhow!("a thread of the build gave up")).map(|mut waiting| waiting.next());
    let work = || -> Result<Vec<(usize, O)>> {
        let mut done = Vec::new();
        while let Some((place, thing)) = next()? {
            done.push((place, one(thing)?));
        }
        Ok(done)
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let done: Result<Vec<Vec<_>>> = thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(anyhow!("a thread of the build gave up"))))
            .collect()
    });
    let mut done: Vec<(usize, O)> = done?.into_iter().flatten().collect();
    done.sort_unstable_by_key(|(place, _)| *place);
    Ok(done.into_iter().map(|(_, made)| made).collect())
}

/// What a browser loads, the largest first.
fn sizes(published: &[publish::Published]) -> String {
    let mut files: Vec<_> = published.iter().filter(|file| file.brotli_bytes >= 1_000).collect();
    files.sort_by_key(|file| Reverse(file.brotli_bytes));
    let said = files.iter().map(|file| format!("{} {} kB", file.name, file.brotli_bytes.div_ceil(1000)));
    format!("{} (brotli)", said.collect::<Vec<_>>().join(", "))
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
