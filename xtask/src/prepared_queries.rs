//! `.sqlx`: what the database says about every query in the sources, so that building needs no database.

use crate::{command, postgres::ThrowAwayCluster, progress::Progress, workspace::Workspace};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Writes `.sqlx` anew.
pub(crate) fn regenerate(workspace: &Workspace, progress: &Progress) -> Result<()> {
    crate::install::packages(progress, &[crate::install::POSTGRESQL])?;
    let cluster = ThrowAwayCluster::start()?;
    let fresh = prepare(workspace, progress, &cluster)?;
    let folder = workspace.path(".sqlx");
    if folder.exists() {
        fs::remove_dir_all(&folder).context(".sqlx could not be emptied")?;
    }
    fs::create_dir_all(&folder).context(".sqlx could not be made")?;
    for (name, content) in &fresh {
        fs::write(folder.join(name), content).with_context(|| format!(".sqlx/{name} could not be written"))?;
    }
    progress.say(&format!("{} queries in .sqlx", fresh.len()));
    Ok(())
}

/// Compares `.sqlx` with what the database says now; done only when a query, a migration or `.sqlx` changed since.
pub(crate) fn check(workspace: &Workspace, progress: &Progress, cluster: &ThrowAwayCluster) -> Result<()> {
    let inputs = fingerprint(workspace)?;
    let stamp = workspace.stamp("prepared-queries-inputs");
    if fs::read_to_string(&stamp).is_ok_and(|checked| checked == inputs) {
        return Ok(());
    }
    let fresh = prepare(workspace, progress, cluster)?;
    let kept = read_folder(&workspace.path(".sqlx"))?;
    if fresh != kept {
        let differing = fresh.iter().filter(|(name, content)| kept.get(*name) != Some(*content)).count();
        let gone = kept.keys().filter(|name| !fresh.contains_key(*name)).count();
        bail!(
            ".sqlx is not what the database says ({differing} new or changed, {gone} no longer used): run `cargo xtask sqlx` and commit it"
        );
    }
    write_stamp(&stamp, &inputs)
}

/// Asks the database about every query: the macros do it while the sources are checked.
fn prepare(workspace: &Workspace, progress: &Progress, cluster: &ThrowAwayCluster) -> Result<BTreeMap<String, String>> {
    let step = progress.step("queries against the database");
    migrate(workspace, cluster)?;
    let folder = workspace.stamp("sqlx");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("the folder for fresh queries could not be emptied")?;
    }
    fs::create_dir_all(&folder).context("the folder for fresh queries could not be made")?;
    // The macros run only where cargo thinks that something changed. Afterwards the files are as old as they were, so
    // that no other build is done again.
    let sources = sources_with_queries(workspace)?;
    let ages = sources.iter().map(|source| fs::metadata(source)?.modified()).collect::<std::io::Result<Vec<_>>>();
    let ages = ages.context("the sources could not be looked at")?;
    for source in &sources {
        set_age(source, now())?;
    }
    let mut cargo = workspace.cargo();
    cargo.args(["check", "--workspace", "--all-targets"]);
    cargo.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", &folder).env("DATABASE_URL", cluster.url());
    let checked = command::must(&step, cargo);
    for (source, age) in sources.iter().zip(ages) {
        set_age(source, age)?;
    }
    checked?;
    let fresh = read_folder(&folder)?;
    step.done(&format!("{} queries", fresh.len()));
    Ok(fresh)
}

fn set_age(source: &Path, age: SystemTime) -> Result<()> {
    let file = fs::File::options().append(true).open(source);
    file.and_then(|file| file.set_modified(age)).with_context(|| format!("{} could not be touched", source.display()))
}

/// The time of day is nothing but a mark on a file here.
#[allow(clippy::disallowed_methods)]
fn now() -> SystemTime {
    SystemTime::now()
}

fn migrate(workspace: &Workspace, cluster: &ThrowAwayCluster) -> Result<()> {
    let psql = crate::postgres::program("psql").context("psql is missing: install postgresql")?;
    for migration in files_under(&workspace.path("migrations"), "sql")? {
        let output = std::process::Command::new(&psql)
            .args(["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file"])
            .arg(&migration)
            .arg(cluster.url())
            .output()
            .context("psql could not be started")?;
        if !output.status.success() {
            bail!("{}: {}", migration.display(), String::from_utf8_lossy(&output.stderr));
        }
    }
    Ok(())
}

fn sources_with_queries(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for folder in ["engine", "server"] {
        for source in files_under(&workspace.path(folder), "rs")? {
            let text =
                fs::read_to_string(&source).with_context(|| format!("{} could not be read", source.display()))?;
            if text.contains("query") && text.contains("!(") && text.contains("sqlx::") {
                sources.push(source);
            }
        }
    }
    Ok(sources)
}

fn fingerprint(workspace: &Workspace) -> Result<String> {
    let mut inputs = sources_with_queries(workspace)?;
    inputs.extend(files_under(&workspace.path("migrations"), "sql")?);
    inputs.extend(files_under(&workspace.path(".sqlx"), "json")?);
    let mut hash = Sha256::new();
    for input in inputs {
        let name = input.strip_prefix(workspace.root()).unwrap_or(&input);
        hash.update(name.as_os_str().as_encoded_bytes());
        hash.update(fs::read(&input).with_context(|| format!("{} could not be read", input.display()))?);
    }
    Ok(hex::encode(hash.finalize()))
}

fn write_stamp(stamp: &Path, inputs: &str) -> Result<()> {
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    }
    fs::write(stamp, inputs).with_context(|| format!("{} could not be written", stamp.display()))
}

fn read_folder(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut read = BTreeMap::new();
    for path in files_under(folder, "json")? {
        let content = fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        read.insert(name, content);
    }
    Ok(read)
}

/// All files with an extension in a folder and below, in order; none where there is no such folder.
fn files_under(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.exists() {
        for entry in fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                found.extend(files_under(&path, extension)?);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
