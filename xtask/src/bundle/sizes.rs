//! What browsers load of the bundle, compressed as it is served, and how much of it may be.

use super::PARTS_MANIFEST;
use anyhow::{Context, Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The most that a reader's browser may load of JavaScript and wasm before a board's numbers are kept new.
const MOST_KIB: f64 = 250.0;
/// What the part of the bundle is called that takes over a page.
const APPLICATION: &str = "come_alive";
/// What the part is called that draws the charts that few boards have.
const OTHER_CHARTS: &str = "other_charts";

/// Bytes of JavaScript and wasm, compressed with brotli.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// What a reader of any board loads first.
    pub(crate) at_once: u64,
    /// What is loaded beside it where a board has a chart that few have.
    pub(crate) other_charts: u64,
    /// What is loaded when somebody reaches for the page.
    pub(crate) application: u64,
    pub(crate) for_editors: u64,
}

pub(crate) fn kib(bytes: u64) -> f64 {
    bytes as f64 / 1_024.0
}

impl Sizes {
    /// The sizes of the bundle that is served from that site.
    pub(crate) fn of_site(site: &Path) -> Result<Self> {
        let current = fs::read_to_string(site.join("current.txt")).context("no bundle has been built yet")?;
        let folder = site.join("pkg").join(current.trim());
        let manifest = fs::read(folder.join(PARTS_MANIFEST)).context("the bundle does not say which parts it has")?;
        let parts: BTreeMap<String, Vec<String>> = serde_json::from_slice(&manifest)?;
        let files_of = |part: &str| -> BTreeSet<&String> {
            parts.iter().filter(|(name, _)| name.contains(part)).flat_map(|(_, files)| files).collect()
        };
        let (application, other_charts) = (files_of(APPLICATION), files_of(OTHER_CHARTS));
        let in_parts: BTreeSet<&String> = parts.values().flatten().collect();
        let mut sizes = Self::default();
        for entry in fs::read_dir(&folder).with_context(|| format!("{} could not be read", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let bytes = entry.metadata()?.len();
            match name.strip_suffix(".wasm.br").map(str::to_owned) {
                Some(part) if in_parts.contains(&part) => {
                    let (of_application, of_charts) = (application.contains(&part), other_charts.contains(&part));
                    sizes.application += if of_application { bytes } else { 0 };
                    sizes.other_charts += if of_charts { bytes } else { 0 };
                    sizes.for_editors += if of_application || of_charts { 0 } else { bytes };
                }
                Some(_) => sizes.at_once += bytes,
                None if name.ends_with(".js.br") => sizes.at_once += bytes,
                None => {}
            }
        }
        ensure!(sizes.at_once > 0, "there is no compressed bundle in {}", folder.display());
        Ok(sizes)
    }

    /// Whether what a reader loads first is as small as is promised.
    pub(crate) fn are_as_promised(&self) -> bool {
        kib(self.at_once) <= MOST_KIB
    }

    /// Fails where it is larger.
    pub(crate) fn check(&self) -> Result<()> {
        ensure!(
            self.are_as_promised(),
            "a reader's browser loads {:.1} KiB of JavaScript and wasm first, and ought to load at most {MOST_KIB} KiB \
             (brotli): what few boards need belongs into a part of its own (ARCHITECTURE.md, “A chart is drawn”)",
            kib(self.at_once)
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_no_part_is_loaded_at_once() {
        let site = tempfile::tempdir().unwrap();
        let folder = site.path().join("pkg/1");
        fs::create_dir_all(&folder).unwrap();
        fs::write(site.path().join("current.txt"), "1").unwrap();
        let parts = r#"{"come_alive": ["a", "both"], "other_charts": ["both"], "__builder_route": ["a", "b"]}"#;
        fs::write(folder.join(PARTS_MANIFEST), parts).unwrap();
        let files = [("main.wasm.br", 7), ("main.js.br", 20), ("a.wasm.br", 300), ("both.wasm.br", 4_000)];
        for (name, bytes) in files.into_iter().chain([("b.wasm.br", 50_000), ("b.wasm", 9), ("style.css.br", 9)]) {
            fs::write(folder.join(name), vec![0; bytes]).unwrap();
        }
        let sizes = Sizes::of_site(site.path()).unwrap();
        let expected = Sizes { at_once: 27, other_charts: 4_000, application: 4_300, for_editors: 50_000 };
        assert_eq!(sizes, expected);
        assert!(sizes.check().is_ok());
        let error = Sizes { at_once: 256_001, ..sizes }.check().unwrap_err().to_string();
        assert!(error.starts_with("a reader's browser loads 250.0 KiB"), "{error}");
    }
}
