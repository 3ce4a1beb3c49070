//! What a viewer's browser loads: JavaScript and wasm, compressed with brotli as they are served.

use super::table::Row;
use crate::bundle::PARTS_MANIFEST;
use anyhow::{Context, Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

const PROMISED_KIB: f64 = 250.0;
/// What the part of the bundle is called that takes over a page.
const APPLICATION: &str = "come_alive";

pub(crate) fn measure(site: &Path) -> Result<Vec<Row>> {
    let current = fs::read_to_string(site.join("current.txt")).context("no bundle has been built yet")?;
    let folder = site.join("pkg").join(current.trim());
    let manifest = fs::read(folder.join(PARTS_MANIFEST)).context("the bundle does not say which parts it has")?;
    let lazy: BTreeMap<String, Vec<String>> = serde_json::from_slice(&manifest)?;
    let of_application: BTreeSet<&String> =
        lazy.iter().filter(|(name, _)| name.contains(APPLICATION)).flat_map(|(_, files)| files).collect();
    let lazy: BTreeSet<&String> = lazy.values().flatten().collect();
    let (mut at_once, mut when_reached_for, mut later) = (0, 0, 0);
    for entry in fs::read_dir(&folder).with_context(|| format!("{} could not be read", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let bytes = entry.metadata()?.len();
        match name.strip_suffix(".wasm.br").map(str::to_owned) {
            Some(part) if of_application.contains(&part) => when_reached_for += bytes,
            Some(part) if lazy.contains(&part) => later += bytes,
            Some(_) => at_once += bytes,
            None if name.ends_with(".js.br") => at_once += bytes,
            None => {}
        }
    }
    ensure!(at_once > 0, "there is no compressed bundle in {}", folder.display());
    let kib = |bytes: u64| bytes as f64 / 1_024.0;
    Ok(vec![
        Row::against(
            "viewer page, JS + wasm, brotli",
            format!("{:.0} KiB", kib(at_once)),
            "≤ 250 KiB",
            kib(at_once) <= PROMISED_KIB,
        ),
        Row::noted("… more, when somebody reaches for the page", format!("{:.0} KiB", kib(when_reached_for))),
        Row::noted("… and for editors", format!("{:.0} KiB", kib(later))),
    ])
}
