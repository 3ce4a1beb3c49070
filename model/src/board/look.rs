//! How a tile is drawn beyond what its component does by itself. Every part may be absent: then the component decides.

use super::{LookPart, Title, WebAddress};
use crate::{geo::Province, time::Timestamp};
use serde::{Deserialize, Deserializer, Serialize, de};

/// A number that someone typed: never infinite, never undefined, so it equals itself.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Given(f64);

impl Given {
    /// `None` for what is no finite number. −0 becomes 0.
    pub fn new(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(value + 0.0))
    }

    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Eq for Given {}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Self::new(value).ok_or_else(|| de::Error::custom("a finite number is expected"))
    }
}

/// How well a number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Good,
    Warning,
    Danger,
}

impl Tone {
    pub const ALL: [Self; 3] = [Self::Good, Self::Warning, Self::Danger];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// From which number on a tone holds. Units are those of the metric: percent, seconds, fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    pub from: Given,
    pub tone: Tone,
}

/// What ought to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub value: Given,
    /// What it is called; empty: "target".
    #[serde(default, skip_serializing_if = "Title::is_empty")]
    pub label: Title,
}

/// Something that happened, to be marked along time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    pub at: Timestamp,
    /// When it was over, where it lasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    pub text: Title,
}

/// How several series share one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stacking {
    /// Beside each other.
    Beside,
    /// On top of each other: the whole is seen.
    Stacked,
    /// On top of each other, each place stretched to 100 %.
    Share,
}

/// Which way bars go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Upright,
    Level,
}

/// Where a place of a page lies on its picture, in thousandths of the picture's width and height.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PagePlace {
    /// As events name it.
    pub place: Title,
    pub x: u16,
    pub y: u16,
    pub w: u16,
    pub h: u16,
}

/// How a tile is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// So many digits after the point, 0 to 4; absent: as many as the numbers need.
    #[serde(deserialize_with = "few_decimals", skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// Numbers in full instead of in 万 and 亿, or k and M.
    #[serde(skip_serializing_if = "is_false")]
    pub in_full: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Rising; a number has the tone of the last that it reaches.
    #[serde(deserialize_with = "rising_thresholds", skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<Threshold>,
    #[serde(deserialize_with = "few_annotations", skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
    /// Marks days off by the Chinese calendar along time.
    #[serde(skip_serializing_if = "is_false")]
    pub holidays: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stacking: Option<Stacking>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// A hole in the middle, with the whole in it.
    #[serde(skip_serializing_if = "is_false")]
    pub hole: bool,
    /// From where the flows of a flow map come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hub: Option<Province>,
    /// What clicks are shown over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<WebAddress>,
    /// Where the places of that page are.
    #[serde(deserialize_with = "few_places", skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PagePlace>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

const MOST_DECIMALS: u8 = 4;
const MOST_THRESHOLDS: usize = 6;
const MOST_ANNOTATIONS: usize = 50;
const MOST_PLACES: usize = 100;

fn few_decimals<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    let decimals = Option::<u8>::deserialize(deserializer)?;
    match decimals {
        Some(decimals) if decimals > MOST_DECIMALS => {
            Err(de::Error::custom(format_args!("at most {MOST_DECIMALS} decimals are shown, not {decimals}")))
        }
        decimals => Ok(decimals),
    }
}

fn rising_thresholds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Threshold>, D::Error> {
    let thresholds = Vec::<Threshold>::deserialize(deserializer)?;
    if thresholds.len() > MOST_THRESHOLDS {
        return Err(de::Error::custom(format_args!("there can be at most {MOST_THRESHOLDS} thresholds")));
    }
    if thresholds.windows(2).all(|pair| matches!(pair, [one, other] if one.from < other.from)) {
        Ok(thresholds)
    } else {
        Err(de::Error::custom("each threshold must be larger than the one before"))
    }
}

fn few_annotations<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Annotation>, D::Error> {
    let annotations = Vec::<Annotation>::deserialize(deserializer)?;
    if annotations.len() > MOST_ANNOTATIONS {
        return Err(de::Error::custom(format_args!("there can be at most {MOST_ANNOTATIONS} annotations")));
    }
    Ok(annotations)
}

fn few_places<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PagePlace>, D::Error> {
    let places = Vec::<PagePlace>::deserialize(deserializer)?;
    let is_inside = |place: &PagePlace| {
        place.w > 0
            && place.h > 0
            && place.x.saturating_add(place.w) <= 1_000
            && place.y.saturating_add(place.h) <= 1_000
    };
    if places.len() > MOST_PLACES {
        return Err(de::Error::custom(format_args!("there can be at most {MOST_PLACES} places")));
    }
    match places.iter().find(|place| !is_inside(place)) {
        Some(outside) => Err(de::Error::custom(format_args!("the place “{}” leaves its picture", outside.place))),
        None => Ok(places),
    }
}

impl Look {
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The parts that say something.
    pub fn parts(&self) -> impl Iterator<Item = LookPart> {
        let said = [
            (LookPart::Numbers, self.decimals.is_some() || self.in_full),
            (LookPart::Target, self.target.is_some()),
            (LookPart::Thresholds, !self.thresholds.is_empty()),
            (LookPart::Annotations, !self.annotations.is_empty()),
            (LookPart::Holidays, self.holidays),
            (LookPart::Stacking, self.stacking.is_some()),
            (LookPart::Direction, self.direction.is_some()),
            (LookPart::Hole, self.hole),
            (LookPart::Hub, self.hub.is_some()),
            (LookPart::Picture, self.picture.is_some() || !self.places.is_empty()),
        ];
        said.into_iter().filter(|(_, is_said)| *is_said).map(|(part, _)| part)
    }

    /// The tone of a number: that of the last threshold it reaches, if any.
    pub fn tone_of(&self, value: f64) -> Option<Tone> {
        self.thresholds.iter().rev().find(|threshold| value >= threshold.from.get()).map(|threshold| threshold.tone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Look, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_plain_look_is_nothing() {
        assert_eq!(serde_json::to_string(&Look::default()).unwrap(), "{}");
        assert!(read("{}").unwrap().is_plain());
    }

    #[test]
    fn a_number_has_the_tone_of_the_last_threshold_it_reaches() {
        let look = read(r#"{"thresholds":[{"from":0,"tone":"danger"},{"from":97,"tone":"good"}]}"#).unwrap();
        assert_eq!(look.tone_of(96.9), Some(Tone::Danger));
        assert_eq!(look.tone_of(97.0), Some(Tone::Good));
        assert_eq!(look.tone_of(-1.0), None);
        assert_eq!(look.tone_of(f64::NAN), None);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_with_a_reason() {
        let falling = r#"{"thresholds":[{"from":9,"tone":"danger"},{"from":7,"tone":"good"}]}"#;
        assert!(read(falling).unwrap_err().contains("larger than the one before"));
        assert!(read(r#"{"decimals":9}"#).unwrap_err().contains("at most 4 decimals"));
        assert!(read(r#"{"colour":"red"}"#).unwrap_err().contains("unknown field"));
    }
}
