//! Puts a bundle where the server serves it from.

use super::{at_once, compress};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Which folder of `pkg` counts now, for the server to read.
const CURRENT: &str = "current.txt";

/// A file of a bundle and how large it is over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Published {
    pub(super) name: String,
    pub(super) brotli_bytes: usize,
}

/// Copies a bundle into a folder that is named by its content, each file with its compressed forms beside it, then
/// says that it counts now. The bundle before it stays, since pages that are open may yet load a part of it; older
/// ones go.
pub(super) fn publish(site: &Path, bundle: &Path) -> Result<Vec<Published>> {
    let mut files = files_under(bundle)?;
    files.sort();
    let mut hash = Sha256::new();
    for file in &files {
        hash.update(file.strip_prefix(bundle).unwrap_or(file).to_string_lossy().as_bytes());
        hash.update(Sha256::digest(read(file)?));
    }
    let name: String = hex::encode(hash.finalize()).chars().take(16).collect();
    let package = site.join("pkg");
    let folder = package.join(&name);
    let published = at_once(&files, |file| {
        let relative = file.strip_prefix(bundle).unwrap_or(file);
        let brotli_bytes = write_with_compressed(&folder.join(relative), &read(file)?)?;
        Ok(Published { name: relative.display().to_string(), brotli_bytes })
    })?;
    let current = site.join(CURRENT);
    let before = fs::read_to_string(&current).unwrap_or_default();
    fs::write(&current, format!("{name}\n")).with_context(|| format!("{} could not be written", current.display()))?;
    remove_all_but(&package, &[&name, before.trim()])?;
    Ok(published)
}

fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(files_under(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} could not be read", path.display()))
}

/// The file itself, and beside it `.br` and `.gz`; gives the size of the brotli one.
fn write_with_compressed(path: &Path, content: &[u8]) -> Result<usize> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    }
    let brotli = compress::brotli(content)?;
    for (suffix, bytes) in [("", content), (".br", &brotli), (".gz", &compress::gzip(content)?)] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        fs::write(&name, bytes).with_context(|| format!("{} could not be written", Path::new(&name).display()))?;
    }
    Ok(brotli.len())
}

fn remove_all_but(package: &Path, kept: &[&str]) -> Result<()> {
    for entry in fs::read_dir(package)? {
        let entry = entry?;
        if kept.contains(&entry.file_name().to_string_lossy().as_ref()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundle_before_the_newest_stays_and_older_ones_go() {
        let (site, bundle) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut counted = Vec::new();
        for content in ["a", "b", "b", "c"] {
            fs::create_dir_all(bundle.path().join("snippets")).unwrap();
            fs::write(bundle.path().join("lingdong.js"), content).unwrap();
            fs::write(bundle.path().join("snippets/more.js"), "more").unwrap();
            let published = publish(site.path(), bundle.path()).unwrap();
            let names: Vec<&str> = published.iter().map(|file| file.name.as_str()).collect();
            assert_eq!(names, ["lingdong.js", "snippets/more.js"]);
            counted.push(fs::read_to_string(site.path().join("current.txt")).unwrap().trim().to_owned());
        }
        assert_eq!(counted[1], counted[2], "the same content is the same bundle");
        let folder = |name: &str| site.path().join("pkg").join(name);
        assert!(!folder(&counted[0]).exists() && folder(&counted[1]).exists());
        assert_eq!(fs::read_to_string(folder(&counted[3]).join("lingdong.js")).unwrap(), "c");
        for file in ["lingdong.js.br", "lingdong.js.gz", "snippets/more.js.br"] {
            assert!(folder(&counted[3]).join(file).exists(), "{file}");
        }
    }
}
