//! A channel or a programme of a guide, tag by tag.

use super::{
    moment,
    xmltv::{Guide, Listed},
};
use crate::events::Text;
use quick_xml::{XmlVersion, events::BytesStart};

/// How many rejections are told one by one.
const MOST_TOLD: usize = 50;
const TITLE_BYTES: usize = 512;

/// What is being read.
#[derive(Default)]
pub(super) enum Element {
    #[default]
    None,
    Channel {
        id: String,
        name: Option<String>,
        reads: Option<String>,
    },
    Programme(Draft),
}

#[derive(Default)]
pub(super) struct Draft {
    channel: String,
    start: String,
    stop: Option<String>,
    title: Option<String>,
    category: Option<String>,
    /// The child that is being read, and its text so far.
    reads: Option<(&'static str, String)>,
}

impl Element {
    pub(super) fn open(&mut self, tag: &BytesStart<'_>, guide: &mut Guide) {
        let name = tag.local_name();
        if matches!(name.as_ref(), "channel" | "programme") {
            // One whose end is missing ends where the next one begins.
            self.close("channel", guide);
            self.close("programme", guide);
        }
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

    pub(super) fn text(&mut self, text: &str) {
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

    pub(super) fn close(&mut self, name: &str, guide: &mut Guide) {
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
    // A bare ampersand is an error in XML, and a letter in the names of channels.
    let value = found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(found.value);
    Some(value.into_owned())
}
