//! What tiles hold that draw no numbers: texts, pictures, decorations.

use super::{FilterSubject, InvalidText, MAX_TEXT_BYTES, StillKind, Title};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::{fmt, str::FromStr};

/// The longest address, in bytes.
pub const MAX_ADDRESS_BYTES: usize = 2_000;

/// An address that a browser may be sent to: `https://…`, or a path of this server. Nothing that runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct WebAddress(
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^(https://|/[^/])")))]
    String,
);

/// Why an address is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddress {
    #[error("the address has {0} bytes: at most {MAX_ADDRESS_BYTES} are kept")]
    TooLong(usize),
    #[error("an address begins with https:// or, on this server, with one /")]
    Scheme,
    #[error("an address holds neither blanks nor quotes nor control characters: write them percent-encoded")]
    Sign,
}

impl WebAddress {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is on this server.
    pub fn is_own(&self) -> bool {
        self.0.starts_with('/')
    }
}

impl FromStr for WebAddress {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let text = text.trim();
        if text.len() > MAX_ADDRESS_BYTES {
            return Err(InvalidAddress::TooLong(text.len()));
        }
        // Two slashes at the beginning lead to another server; browsers read a backslash as a slash.
        let own = text.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']));
        let other = text.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '@']));
        if !own && !other {
            return Err(InvalidAddress::Scheme);
        }
        let is_wrong =
            |sign: char| sign.is_control() || sign.is_whitespace() || matches!(sign, '"' | '\'' | '<' | '>' | '\\');
        if text.contains(is_wrong) { Err(InvalidAddress::Sign) } else { Ok(Self(text.to_owned())) }
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for WebAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// The border of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FrameStyle {
    /// Marks at the corners, as in a command cabin.
    #[default]
    Corners,
    /// A line all round.
    Line,
    /// A heading with a rule under it.
    Heading,
    /// A rule that parts what is above from what is beneath.
    Rule,
}

impl FrameStyle {
    pub const ALL: [Self; 4] = [Self::Corners, Self::Line, Self::Heading, Self::Rule];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Corners => "corners",
            Self::Line => "line",
            Self::Heading => "heading",
            Self::Rule => "rule",
        }
    }
}

/// How a filter that stands on the board itself is operated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FilterDisplay {
    /// A button that opens a list.
    #[default]
    Menu,
    /// All choices beside each other, where they are few; a menu where they are many.
    Segments,
}

impl FilterDisplay {
    pub const ALL: [Self; 2] = [Self::Menu, Self::Segments];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Segments => "segments",
        }
    }
}

/// What such a tile holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Still {
    /// Markdown: headings, paragraphs, lists, emphasis and links, never markup that runs.
    Text {
        text: String,
    },
    Image {
        address: Option<WebAddress>,
        description: Title,
    },
    /// A film or a stream that browsers play by themselves; silent until someone wants to hear it.
    Video {
        address: Option<WebAddress>,
        description: Title,
    },
    /// What the code leads to or says.
    QrCode {
        text: String,
    },
    Clock,
    Frame {
        style: FrameStyle,
    },
    /// One of the board's filters, to be set on the board itself. It asks for no numbers.
    Filter {
        /// `None`: nothing has been chosen yet.
        about: Option<FilterSubject>,
        display: FilterDisplay,
    },
}

impl Still {
    pub const fn kind(&self) -> StillKind {
        match self {
            Self::Text { .. } => StillKind::Text,
            Self::Image { .. } => StillKind::Image,
            Self::Video { .. } => StillKind::Video,
            Self::QrCode { .. } => StillKind::QrCode,
            Self::Clock => StillKind::Clock,
            Self::Frame { .. } => StillKind::Frame,
            Self::Filter { .. } => StillKind::Filter,
        }
    }

    /// With nothing in it yet.
    pub fn blank(kind: StillKind) -> Self {
        match kind {
            StillKind::Text => Self::Text { text: String::new() },
            StillKind::Image => Self::Image { address: None, description: Title::default() },
            StillKind::Video => Self::Video { address: None, description: Title::default() },
            StillKind::QrCode => Self::QrCode { text: String::new() },
            StillKind::Clock => Self::Clock,
            StillKind::Frame => Self::Frame { style: FrameStyle::default() },
            StillKind::Filter => Self::Filter { about: None, display: FilterDisplay::default() },
        }
    }

    /// Whether readers see nothing of it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text { text } | Self::QrCode { text } => text.trim().is_empty(),
            Self::Image { address, .. } | Self::Video { address, .. } => address.is_none(),
            Self::Filter { about, .. } => about.is_none(),
            Self::Clock | Self::Frame { .. } => false,
        }
    }
}

/// A text of at most [`MAX_TEXT_BYTES`].
pub(super) fn bounded_text(text: String) -> Result<String, InvalidText> {
    if text.len() > MAX_TEXT_BYTES { Err(InvalidText::TextTooLong(text.len())) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_pages_and_run_nothing() {
        for good in ["https://example.org/a.png?x=1#y", "/pictures/a.png", "https://例子.cn/图.png"] {
            assert!(good.parse::<WebAddress>().is_ok(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "http://example.org/a.png",
            "//example.org/a.png",
            "/\\example.org",
            "https://",
            "https://@",
            "https://a b",
            "https://a\"onload=x",
            "",
        ] {
            assert!(bad.parse::<WebAddress>().is_err(), "{bad}");
        }
    }
}
