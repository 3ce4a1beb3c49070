//! `cargo xtask contact-sheets`: every component in its states, themes and languages, as pictures to be looked at.

use crate::{command, progress::Progress, test::browser, workspace::Workspace};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// As wide as a row of cards; high enough for the longest sheet.
const WINDOW: &str = "1800,4200";

pub(crate) fn take(workspace: &Workspace, progress: &Progress) -> Result<()> {
    browser::set_up(workspace, progress)?;
    let folder = workspace.target().join("contact-sheets");
    let step = progress.step("contact sheets");
    let mut cargo = workspace.cargo();
    cargo
        .args(["run", "--package", "components", "--example", "contact_sheets", "--features", "ssr", "--"])
        .arg(&folder);
    command::must(&step, cargo)?;
    let sheets = sheets(&folder)?;
    ensure!(!sheets.is_empty(), "no sheet was written to {}", folder.display());
    for sheet in &sheets {
        step.note(&sheet.file_stem().unwrap_or_default().to_string_lossy());
        command::must(&step, picture(sheet))?;
    }
    step.done(&format!("{} pictures in {}", sheets.len(), folder.display()));
    Ok(())
}

fn sheets(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))?;
    let mut sheets = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("{} could not be read", folder.display()))?.path();
        if path.extension().is_some_and(|extension| extension == "html") {
            sheets.push(path);
        }
    }
    sheets.sort();
    Ok(sheets)
}

fn picture(sheet: &Path) -> Command {
    let mut chromium = Command::new("chromium");
    chromium.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]);
    chromium.arg(format!("--window-size={WINDOW}"));
    chromium.arg(format!("--screenshot={}", sheet.with_extension("png").display()));
    chromium.arg(format!("file://{}", sheet.display()));
    chromium
}
