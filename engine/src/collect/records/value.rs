//! A JSON value as a column sees it: texts are borrowed where they can be, nested values are kept whole.

use super::{Reason, limits};
use crate::events::Text;
use model::time::Timestamp;
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;
use std::{borrow::Cow, fmt, ops::RangeInclusive, str::FromStr};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'r> {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(Cow<'r, str>),
    Nested(Value),
}

impl<'de> Deserialize<'de> for Cell<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Cell::Null)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Cell::Bool(flag))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Cell::Integer(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Cell::Float(number as f64), Cell::Integer))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Cell::Float(number))
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        Value::deserialize(de::value::SeqAccessDeserializer::new(items)).map(Cell::Nested)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        Value::deserialize(de::value::MapAccessDeserializer::new(entries)).map(Cell::Nested)
    }
}

impl<'r> From<&'r Value> for Cell<'r> {
    fn from(value: &'r Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => {
                number.as_i64().map_or_else(|| Self::Float(number.as_f64().unwrap_or(f64::NAN)), Self::Integer)
            }
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Array(_) | Value::Object(_) => Self::Nested(value.clone()),
        }
    }
}

impl Cell<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "a text",
            Self::Nested(_) => "a list or an object",
        }
    }

    fn unexpected(&self, field: &str, expected: &str) -> Reason {
        Reason::of_field(field, format!("expected {expected}, found {}", self.kind()))
    }

    /// An id or a word; numbers are taken as their digits. An empty text is as good as none.
    pub(super) fn text(&self, field: &str) -> Result<Option<Text>, Reason> {
        match self {
            Self::Null => Ok(None),
            Self::Text(text) if text.is_empty() => Ok(None),
            Self::Text(text) => {
                limits::check_text(field, text)?;
                Ok(Some(Text::new(text)))
            }
            Self::Integer(number) => Ok(Some(smol_str::format_smolstr!("{number}"))),
            Self::Bool(_) | Self::Float(_) | Self::Nested(_) => Err(self.unexpected(field, "a text")),
        }
    }

    pub(super) fn word<W: FromStr<Err: fmt::Display>>(&self, field: &str) -> Result<Option<W>, Reason> {
        let text = self.text(field)?;
        text.map(|text| text.parse().map_err(|error: W::Err| Reason::of_field(field, error.to_string()))).transpose()
    }

    /// A whole number within bounds that no sum of them leaves.
    pub(super) fn integer<N: TryFrom<i64>>(
        &self,
        field: &str,
        bounds: &RangeInclusive<i64>,
    ) -> Result<Option<N>, Reason> {
        match self {
            Self::Null => Ok(None),
            Self::Integer(number) => {
                let within = Some(*number).filter(|number| bounds.contains(number));
                within.and_then(|number| N::try_from(number).ok()).map(Some).ok_or_else(|| {
                    let text = format!("{number} is not between {} and {}", bounds.start(), bounds.end());
                    Reason::of_field(field, text)
                })
            }
            Self::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Self::Integer(*number as i64).integer(field, bounds)
            }
            Self::Float(_) | Self::Bool(_) | Self::Text(_) | Self::Nested(_) => {
                Err(self.unexpected(field, "a whole number"))
            }
        }
    }

    /// True or false; logs write 1 and 0 too.
    pub(super) fn flag(&self, field: &str) -> Result<Option<bool>, Reason> {
        match self {
            Self::Null => Ok(None),
            Self::Bool(flag) => Ok(Some(*flag)),
            Self::Integer(0) => Ok(Some(false)),
            Self::Integer(1) => Ok(Some(true)),
            Self::Integer(_) | Self::Float(_) | Self::Text(_) | Self::Nested(_) => {
                Err(self.unexpected(field, "true or false"))
            }
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Float(number) => Some(*number).filter(|number| number.is_finite()),
            Self::Text(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Null | Self::Bool(_) | Self::Nested(_) => None,
        }
    }

    pub(super) fn moment(&self, field: &str) -> Result<Option<Timestamp>, Reason> {
        match self {
            Self::Null => Ok(None),
            Self::Integer(millis) if limits::YEARS_MS.contains(millis) => Ok(Some(Timestamp::from_millis(*millis))),
            Self::Integer(millis) => {
                Err(Reason::of_field(field, format!("{millis} ms are outside of the years 1 to 9999")))
            }
            Self::Text(text) => {
                Timestamp::parse(text).map(Some).map_err(|error| Reason::of_field(field, error.to_string()))
            }
            Self::Float(_) | Self::Bool(_) | Self::Nested(_) => {
                Err(self.unexpected(field, "RFC 3339 or epoch milliseconds"))
            }
        }
    }

    pub(super) fn into_json(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(flag),
            Self::Integer(number) => Value::from(number),
            Self::Float(number) => Value::from(number),
            Self::Text(text) => Value::String(text.into_owned()),
            Self::Nested(value) => value,
        }
    }
}
