//! Reading the file of a board: looked over before anything is done with it.

use crate::stop::Stop;
use engine::{
    clock::{Clock as _, SystemClock},
    lint::{Linted, lint},
    metrics::Catalogue,
};
use model::{board::BoardFile, time::Calendar};
use std::{io::Read, path::Path};

/// What is wrong with the file. Ranges of time are measured by the usual calendar, since no organisation is known yet.
pub(super) fn look_over(file: &Path) -> Result<Linted, Stop> {
    let bytes = read(file)?;
    let catalogue = Catalogue::shipped()
        .map_err(|error| Stop::Input { what: format!("the catalogue of this program can't be read: {error}") })?;
    Ok(lint(&bytes, &catalogue, SystemClock.now(), Calendar::CHINA))
}

/// A file without errors; what was found goes to standard error.
pub(super) fn sound(file: &Path) -> Result<BoardFile, Stop> {
    let linted = look_over(file)?;
    for finding in &linted.findings {
        eprintln!("{}:{finding}", name(file));
    }
    let errors = linted.errors();
    linted.file.ok_or_else(|| Stop::Unsound { file: name(file), errors })
}

/// As messages name it.
pub(super) fn name(file: &Path) -> String {
    if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() }
}

fn read(file: &Path) -> Result<Vec<u8>, Stop> {
    let unreadable = |source| Stop::File { path: file.to_path_buf(), source };
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
        return Ok(bytes);
    }
    std::fs::read(file).map_err(unreadable)
}
