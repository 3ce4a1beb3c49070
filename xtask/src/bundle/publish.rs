//! Puts a bundle where the server serves it from.

use super::{OUTPUT_NAME, compress};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What a browser loads.
#[derive(Debug)]
pub(super) struct Bundle {
    pub(super) script: String,
    pub(super) wasm: Vec<u8>,
    pub(super) stylesheet: String,
    pub(super) snippets: Option<PathBuf>,
}

/// Writes the files under names that hold their hash, then `hash.txt`, which says which ones count now; files of
/// earlier bundles go last, so that a page that is loading finds its own. Says how large the files are.
pub(super) fn publish(site: &Path, bundle: &Bundle) -> Result<String> {
    let package = site.join("pkg");
    fs::create_dir_all(&package).with_context(|| format!("{} could not be made", package.display()))?;
    let mut kept = BTreeSet::new();
    let mut hashes = Vec::new();
    let mut sizes = Vec::new();
    let files =
        [("js", bundle.script.as_bytes()), ("wasm", bundle.wasm.as_slice()), ("css", bundle.stylesheet.as_bytes())];
    for (extension, content) in files {
        let hash: String = hex::encode(Sha256::digest(content)).chars().take(16).collect();
        let name = format!("{OUTPUT_NAME}.{hash}.{extension}");
        let small = write_with_compressed(&package.join(&name), content)?;
        kept.extend([name.clone(), format!("{name}.br"), format!("{name}.gz")]);
        hashes.push(format!("{extension}: {hash}\n"));
        sizes.push(format!("{extension} {} kB", small.div_ceil(1000)));
    }
    if let Some(snippets) = &bundle.snippets {
        copy_scripts(snippets, &package.join("snippets"))?;
        kept.insert("snippets".to_owned());
    }
    let manifest = site.join("hash.txt");
    fs::write(&manifest, hashes.concat()).with_context(|| format!("{} could not be written", manifest.display()))?;
    remove_all_but(&package, &kept)?;
    Ok(format!("{} (brotli)", sizes.join(", ")))
}

/// The file itself, and beside it `.br` and `.gz`; gives the size of the brotli one.
fn write_with_compressed(path: &Path, content: &[u8]) -> Result<usize> {
    let brotli = compress::brotli(content)?;
    for (suffix, bytes) in [("", content), (".br", &brotli), (".gz", &compress::gzip(content)?)] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        fs::write(&name, bytes).with_context(|| format!("{} could not be written", Path::new(&name).display()))?;
    }
    Ok(brotli.len())
}

fn copy_scripts(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} could not be made", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("{} could not be read", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_scripts(&entry.path(), &target)?;
        } else {
            write_with_compressed(&target, &fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

fn remove_all_but(package: &Path, kept: &BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(package)? {
        let entry = entry?;
        if !kept.contains(entry.file_name().to_string_lossy().as_ref()) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(stylesheet: &str) -> Bundle {
        Bundle {
            script: "export {}".to_owned(),
            wasm: vec![0; 4_000],
            stylesheet: stylesheet.to_owned(),
            snippets: None,
        }
    }

    #[test]
    fn a_new_bundle_takes_the_place_of_the_old_one() {
        let site = tempfile::tempdir().unwrap();
        publish(site.path(), &bundle("a {}")).unwrap();
        let before = fs::read_to_string(site.path().join("hash.txt")).unwrap();
        publish(site.path(), &bundle("b {}")).unwrap();
        let after = fs::read_to_string(site.path().join("hash.txt")).unwrap();
        assert_ne!(before, after);
        let css = after.lines().find_map(|line| line.strip_prefix("css: ")).unwrap();
        assert_eq!(fs::read_to_string(site.path().join(format!("pkg/lingdong.{css}.css"))).unwrap(), "b {}");
        assert_eq!(fs::read_dir(site.path().join("pkg")).unwrap().count(), 9, "three files, each plain, .br and .gz");
    }
}
