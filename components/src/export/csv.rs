//! The numbers of a tile as a file.

use crate::{chart::Reading, tile::csv};
use model::frame::Frame;

/// The whole frame as CSV (RFC 4180) in UTF-8. The mark before it tells spreadsheets in Chinese that it is not GBK.
pub fn csv_file(frame: &Frame, reading: Reading) -> String {
    format!("\u{feff}{}", csv(frame, reading.names, reading.locale))
}
