//! Tiles as they are written: one flat form for all components, read into the shape that each can draw.
//!
//! There is one form and not one for each component, so that a field means the same everywhere and what reads it is small.

mod binding;
mod shapes;

use super::{
    Bound, ByShape, ComponentKind, ContainerKind, FilterDisplay, FilterSubject, FrameStyle, Look, Pace, Pages, Still,
    StillKind, TileContent, Title, WebAddress, still::bounded_text,
};
use binding::WrittenBinding;
use serde::{Deserialize, Serialize};
use shapes::WrittenShape;

/// A tile's content as it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenContent {
    component: ComponentKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    binding: Option<WrittenBinding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    look: Option<Look>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<WebAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<Title>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    style: Option<FrameStyle>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<FilterSubject>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    display: Option<FilterDisplay>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pages: Option<Pages>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seconds: Option<Pace>,
}

/// What is wrong with what is written: one sentence, which names the component and the field.
type Wrong = String;

impl WrittenContent {
    fn bare(component: ComponentKind) -> Self {
        Self {
            component,
            binding: None,
            look: None,
            text: None,
            address: None,
            description: None,
            style: None,
            about: None,
            display: None,
            pages: None,
            seconds: None,
        }
    }

    fn take_bound<K: Copy, B: WrittenShape>(&mut self, kind: K) -> Result<Bound<K, B>, Wrong> {
        let binding = match self.binding.take() {
            Some(mut written) => {
                let binding = B::read(&mut written, self.component)?;
                written.finish(self.component)?;
                Some(binding)
            }
            None => None,
        };
        let look = self.look.take().unwrap_or_default();
        if let Some(part) = look.parts().find(|part| !self.component.heeds(*part)) {
            return Err(format!("the look of a “{}” has no field “{}”", self.component.name(), part.field()));
        }
        Ok(Bound { kind, binding, look })
    }

    fn take_still(&mut self, kind: StillKind) -> Result<Still, Wrong> {
        let text = |text: Option<String>| bounded_text(text.unwrap_or_default()).map_err(|error| error.to_string());
        Ok(match kind {
            StillKind::Text => Still::Text { text: text(self.text.take())? },
            StillKind::QrCode => Still::QrCode { text: text(self.text.take())? },
            StillKind::Image => {
                Still::Image { address: self.address.take(), description: self.description.take().unwrap_or_default() }
            }
            StillKind::Video => {
                Still::Video { address: self.address.take(), description: self.description.take().unwrap_or_default() }
            }
            StillKind::Clock => Still::Clock,
            StillKind::Frame => Still::Frame { style: self.style.take().unwrap_or_default() },
            StillKind::Filter => {
                Still::Filter { about: self.about.take(), display: self.display.take().unwrap_or_default() }
            }
        })
    }

    fn finish(&self) -> Result<(), Wrong> {
        let left = [
            ("binding", self.binding.is_some()),
            ("look", self.look.is_some()),
            ("text", self.text.is_some()),
            ("address", self.address.is_some()),
            ("description", self.description.is_some()),
            ("style", self.style.is_some()),
            ("about", self.about.is_some()),
            ("display", self.display.is_some()),
            ("pages", self.pages.is_some()),
            ("seconds", self.seconds.is_some()),
        ];
        match left.into_iter().find(|(_, is_there)| *is_there) {
            Some((field, _)) => Err(format!("unknown field `{field}`: a “{}” has none such", self.component.name())),
            None => Ok(()),
        }
    }
}

impl TryFrom<WrittenContent> for TileContent {
    type Error = Wrong;

    fn try_from(mut written: WrittenContent) -> Result<Self, Wrong> {
        let kind = written.component;
        let content = match kind.by_shape() {
            ByShape::Scalar(of) => Self::Scalar(written.take_bound(of)?),
            ByShape::Series(of) => Self::Series(written.take_bound(of)?),
            ByShape::Category(of) => Self::Category(written.take_bound(of)?),
            ByShape::Matrix(of) => Self::Matrix(written.take_bound(of)?),
            ByShape::Pair(of) => Self::Pair(written.take_bound(of)?),
            ByShape::Points(of) => Self::Points(written.take_bound(of)?),
            ByShape::Spread(of) => Self::Spread(written.take_bound(of)?),
            ByShape::Table(of) => Self::Table(written.take_bound(of)?),
            ByShape::Geo(of) => Self::Geo(written.take_bound(of)?),
            ByShape::Sessions(of) => Self::Sessions(written.take_bound(of)?),
            ByShape::Still(of) => Self::Still(written.take_still(of)?),
            ByShape::Container(ContainerKind::Tabs) => Self::Tabs { pages: written.pages.take().unwrap_or_default() },
            ByShape::Container(ContainerKind::Carousel) => Self::Carousel {
                pages: written.pages.take().unwrap_or_default(),
                seconds: written.seconds.take().unwrap_or_default(),
            },
        };
        written.finish()?;
        Ok(content)
    }
}

impl From<TileContent> for WrittenContent {
    fn from(content: TileContent) -> Self {
        let bare = Self::bare(content.kind());
        let bare = Self { look: content.look().filter(|look| !look.is_plain()).cloned(), ..bare };
        match content {
            TileContent::Scalar(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Series(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Category(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Matrix(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Pair(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Points(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Spread(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Table(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Geo(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Sessions(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Still(Still::Text { text } | Still::QrCode { text }) => Self { text: Some(text), ..bare },
            TileContent::Still(Still::Image { address, description } | Still::Video { address, description }) => {
                Self { address, description: (!description.is_empty()).then_some(description), ..bare }
            }
            TileContent::Still(Still::Clock) => bare,
            TileContent::Still(Still::Frame { style }) => Self { style: Some(style), ..bare },
            TileContent::Still(Still::Filter { about, display }) => Self { about, display: Some(display), ..bare },
            TileContent::Tabs { pages } => Self { pages: Some(pages), ..bare },
            TileContent::Carousel { pages, seconds } => Self { pages: Some(pages), seconds: Some(seconds), ..bare },
        }
    }
}

#[cfg(test)]
mod tests;
