//! The queries of boards, as the pages ask them.

use model::board::Board;
use serde_json::json;
use std::{error::Error, fs, path::Path};

/// Prints one line for each tile of the board files of a folder that asks something: `{"tile": …, "query": …}`.
pub(crate) fn print_queries(folder: &str) -> Result<(), Box<dyn Error>> {
    let mut files =
        fs::read_dir(Path::new(folder))?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let board: Board = serde_json::from_str(&fs::read_to_string(file)?)?;
        for tile in board.tiles() {
            if let Some(query) = tile.content.query() {
                println!("{}", json!({"tile": format!("{} · {}", board.title(), tile.title), "query": query}));
            }
        }
    }
    Ok(())
}
