//! Reading XMLTV as it really is: channels and programmes in any order, and files that stop in the middle.

use super::{element::Element, encoding};
use crate::events::Text;
use flate2::read::MultiGzDecoder;
use model::problem::{Problem, ProblemCode};
use quick_xml::{
    Reader,
    events::{BytesRef, Event},
};
use std::io::Read;

/// How large a guide may be when unpacked.
const MOST_BYTES: u64 = 512 << 20;
/// A file with more broken places is given up there: each of them may cost a look at all the rest.
const MOST_BROKEN: usize = 1_000;

/// What a file lists.
#[derive(Debug, Default)]
pub(super) struct Guide {
    /// Id and name, the last one of each id.
    pub channels: Vec<(Text, Text)>,
    pub programmes: Vec<Listed>,
    pub rejected: Vec<String>,
    pub broken: usize,
    pub garbled: usize,
    pub cut_at: Option<u64>,
}

/// A programme as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub channel_id: Text,
    pub start_ms: i64,
    pub stop_ms: Option<i64>,
    pub title: Text,
    pub category: Option<Text>,
}

pub(super) fn read(file: &[u8]) -> Result<Guide, Problem> {
    let (xml, unpacking_stopped) = unpacked(file)?;
    let decoded = encoding::decode(&xml)?;
    let mut guide = read_text(&decoded.text);
    guide.garbled = decoded.garbled;
    if unpacking_stopped && guide.cut_at.is_none() {
        guide.cut_at = Some(xml.len() as u64);
    }
    if guide.programmes.is_empty() && guide.channels.is_empty() {
        let detail = "this is no XMLTV programme list: it holds no <channel> and no <programme>";
        return Err(Problem::new(ProblemCode::MalformedRequest, detail));
    }
    Ok(guide)
}

/// The XML, and whether a packed file ended early.
fn unpacked(file: &[u8]) -> Result<(Vec<u8>, bool), Problem> {
    if !file.starts_with(&[0x1f, 0x8b]) {
        return Ok((file.to_vec(), false));
    }
    let mut xml = Vec::new();
    let stopped = MultiGzDecoder::new(file).take(MOST_BYTES + 1).read_to_end(&mut xml).is_err();
    if xml.len() as u64 > MOST_BYTES {
        let detail = format!("the programme list is larger than {} MiB when unpacked", MOST_BYTES >> 20);
        return Err(Problem::new(ProblemCode::BodyTooLarge, detail));
    }
    Ok((xml, stopped))
}

/// Reads on behind what is no XML: one bad tag is no reason to lose the programmes after it.
fn read_text(xml: &str) -> Guide {
    let mut reading = Reading::default();
    let mut from = 0;
    while let Err(stopped) = reading.read(xml.get(from..).unwrap_or_default()) {
        let stopped = from + stopped;
        match next_programme(xml, stopped + 1) {
            Some(next) if reading.guide.broken < MOST_BROKEN => {
                reading.guide.broken += 1;
                reading.element = Element::None;
                from = next;
            }
            Some(_) | None => {
                reading.guide.cut_at = Some(stopped as u64);
                return reading.guide;
            }
        }
    }
    if reading.is_open() {
        reading.guide.cut_at = Some(xml.len() as u64);
    }
    reading.guide
}

fn next_programme(xml: &str, from: usize) -> Option<usize> {
    let from = (from..xml.len()).find(|index| xml.is_char_boundary(*index))?;
    xml.get(from..)?.find("<programme").map(|found| from + found)
}

#[derive(Default)]
struct Reading {
    guide: Guide,
    element: Element,
    /// The outermost element, and whether it has ended: the depth of tags says little where some are missing.
    root: Option<String>,
    has_ended: bool,
}

impl Reading {
    fn is_open(&self) -> bool {
        self.root.is_some() && !self.has_ended
    }

    /// Reads to the end, or to the byte from which on it is no XML.
    fn read(&mut self, xml: &str) -> Result<(), usize> {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.root.get_or_insert_with(|| tag.local_name().as_ref().to_owned());
                    self.element.open(&tag, &mut self.guide);
                }
                Ok(Event::Empty(tag)) => {
                    let name = tag.local_name();
                    if matches!(name.as_ref(), "programme" | "channel") {
                        self.element.open(&tag, &mut self.guide);
                        self.element.close(name.as_ref(), &mut self.guide);
                    }
                }
                Ok(Event::Text(text)) => self.element.text(&text.xml10_content()),
                Ok(Event::CData(text)) => self.element.text(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => self.refer(&reference),
                Ok(Event::End(tag)) => {
                    let name = tag.local_name();
                    self.has_ended |= self.root.as_deref() == Some(name.as_ref());
                    self.element.close(name.as_ref(), &mut self.guide);
                }
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Ok(Event::Eof) => return Ok(()),
                Err(_) => return Err(reader.error_position() as usize),
            }
        }
    }

    fn refer(&mut self, reference: &BytesRef<'_>) {
        if let Some(character) = reference.resolve_char_ref().ok().flatten() {
            self.element.text(character.encode_utf8(&mut [0; 4]));
        } else if let Some(known) = quick_xml::escape::resolve_predefined_entity(reference) {
            self.element.text(known);
        } else {
            // “Tom & Jerry; a film” is no reference.
            self.element.text("&");
            self.element.text(reference);
            self.element.text(";");
        }
    }
}
