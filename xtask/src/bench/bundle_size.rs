//! What a viewer's browser loads: JavaScript and wasm, compressed with brotli as they are served.

use super::table::Row;
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

const PROMISED_KIB: f64 = 250.0;

pub(crate) fn measure(site: &Path) -> Result<Vec<Row>> {
    let folder = site.join("pkg");
    let entries = fs::read_dir(&folder).with_context(|| format!("{} could not be read", folder.display()))?;
    let mut bytes = 0;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".js.br") || name.ends_with(".wasm.br") {
            bytes += entry.metadata()?.len();
        }
    }
    ensure!(bytes > 0, "there is no compressed bundle in {}", folder.display());
    let kib = bytes as f64 / 1_024.0;
    Ok(vec![Row::against("viewer page, JS + wasm, brotli", format!("{kib:.0} KiB"), "≤ 250 KiB", kib <= PROMISED_KIB)])
}
