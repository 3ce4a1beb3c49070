//! Reading XMLTV as it really is: channels and programmes in any order, and files that stop in the middle.

use super::moment;
use crate::events::Text;
use flate2::read::MultiGzDecoder;
use model::problem::{Problem, ProblemCode};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::io::Read;

/// How large a guide may be when unpacked.
const MOST_BYTES: u64 = 512 << 20;
/// How many rejections are told one by one.
const MOST_TOLD: usize = 50;
const TITLE_BYTES: usize = 512;

/// What a file lists.
#[derive(Debug, Default)]
pub(super) struct Guide {
    /// Id and name, the last one of each id.
    pub channels: Vec<(Text, Text)>,
    pub programmes: Vec<Listed>,
    pub rejected: Vec<String>,
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
    let text = String::from_utf8_lossy(&xml);
    let mut guide = read_text(text.trim_start_matches('\u{feff}'));
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

fn read_text(xml: &str) -> Guide {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut guide = Guide::default();
    let mut element = Element::None;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                element.open(&tag);
            }
            Ok(Event::Empty(tag)) => {
                let name = tag.local_name();
                if matches!(name.as_ref(), "programme" | "channel") {
                    element.open(&tag);
                    element.close(name.as_ref(), &mut guide);
                }
            }
            Ok(Event::Text(text)) => element.text(&text.xml10_content()),
            Ok(Event::CData(text)) => element.text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let character = reference.resolve_char_ref().ok().flatten();
                match character {
                    Some(character) => element.text(character.encode_utf8(&mut [0; 4])),
                    None => element.text(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or("")),
                }
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                element.close(tag.local_name().as_ref(), &mut guide);
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) => {
                if depth > 0 {
                    guide.cut_at = Some(xml.len() as u64);
                }
                return guide;
            }
            Err(_) => {
                guide.cut_at = Some(reader.error_position());
                return guide;
            }
        }
    }
}

/// What is being read.
enum Element {
    None,
    Channel { id: String, name: Option<String>, reads: Option<String> },
    Programme(Draft),
}

#[derive(Default)]
struct Draft {
    channel: String,
    start: String,
    stop: Option<String>,
    title: Option<String>,
    category: Option<String>,
    /// The child that is being read, and its text so far.
    reads: Option<(&'static str, String)>,
}

impl Element {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match (name.as_ref(), &mut *self) {
            ("channel", _) => {
                *self = Self::Channel { id: attribute(tag, "id").unwrap_or_default(), name: None, reads: None };
            }
            ("programme", _) => {
                *self = Self::Programme(Draft {
                    channel: attribute(tag, "channel").unwrap_or_default(),
                    start: attribute(tag, "start").unwrap_or_default(),
                    stop: attribute(tag, "stop"),
                    ..Draft::default()
                });
            }
            ("display-name", Self::Channel { reads, .. }) => *reads = Some(String::new()),
            ("title", Self::Programme(draft)) => draft.reads = Some(("title", String::new())),
            ("category", Self::Programme(draft)) => draft.reads = Some(("category", String::new())),
            (_, _) => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self {
            Self::None => {}
            Self::Channel { reads, .. } => {
                if let Some(read) = reads {
                    read.push_str(text);
                }
            }
            Self::Programme(draft) => {
                if let Some((_, read)) = &mut draft.reads {
                    read.push_str(text);
                }
            }
        }
    }

    fn close(&mut self, name: &str, guide: &mut Guide) {
        match (name, &mut *self) {
            ("display-name", Self::Channel { name, reads, .. }) => {
                // The first name is the main one.
                let read = reads.take();
                if name.is_none() {
                    *name = read;
                }
            }
            ("title" | "category", Self::Programme(draft)) => match draft.reads.take() {
                Some(("title", text)) => {
                    draft.title.get_or_insert(text);
                }
                Some((_, text)) => {
                    draft.category.get_or_insert(text);
                }
                None => {}
            },
            ("channel", Self::Channel { id, name, .. }) => {
                let id = Text::new(id.trim());
                if !id.is_empty() {
                    let name = name.as_deref().map_or_else(|| id.clone(), |name| Text::new(name.trim()));
                    guide.channels.retain(|(known, _)| *known != id);
                    guide.channels.push((id, name));
                }
                *self = Self::None;
            }
            ("programme", Self::Programme(draft)) => {
                match draft.listed() {
                    Ok(listed) => guide.programmes.push(listed),
                    Err(reason) if guide.rejected.len() < MOST_TOLD => guide.rejected.push(reason),
                    Err(_) => {}
                }
                *self = Self::None;
            }
            (_, _) => {}
        }
    }
}

impl Draft {
    fn listed(&self) -> Result<Listed, String> {
        let title = self.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let named = title.unwrap_or("without a title");
        let channel_id = Text::new(self.channel.trim());
        if channel_id.is_empty() {
            return Err(format!("“{named}” at {}: no channel", self.start));
        }
        let start_ms = moment::parse(&self.start)
            .ok_or_else(|| format!("“{named}” on {channel_id}: the start “{}” is no time", self.start))?;
        let cut = |text: &str| {
            let end = (0..=text.len().min(TITLE_BYTES)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            Text::new(text.get(..end).unwrap_or_default())
        };
        let category = self.category.as_deref().map(str::trim).filter(|category| !category.is_empty());
        Ok(Listed {
            channel_id,
            start_ms,
            stop_ms: self.stop.as_deref().and_then(moment::parse),
            title: cut(title.unwrap_or_default()),
            category: category.map(cut),
        })
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned).ok()
}
