//! Our own form: one JSON object a line, its fields named as the columns.

use super::{Arrival, Parsed, Reason, Records, fields::Draft, id_of_content, limits, value::Cell};
use serde::{
    Deserializer,
    de::{self, DeserializeSeed, MapAccess, Visitor},
};
use std::{borrow::Cow, fmt};

/// Reads every line; a bad one does not keep the others from being taken.
pub(crate) fn parse_lines(body: &[u8], first_line: usize, arrival: &Arrival<'_>) -> Records {
    let mut records = Records::default();
    for (index, line) in body.split(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii();
        if !line.is_empty() {
            let record = || String::from_utf8_lossy(line).into_owned();
            records.add(first_line + index, record, parse_line(line, arrival));
        }
    }
    records
}

fn parse_line(line: &[u8], arrival: &Arrival<'_>) -> Result<Parsed, Reason> {
    if line.len() > limits::RECORD_BYTES {
        return Err(Reason::of_record(format!("{} bytes, at most {} are taken", line.len(), limits::RECORD_BYTES)));
    }
    let mut draft = Draft::new();
    let mut reader = serde_json::Deserializer::from_slice(line);
    let refused = RecordSeed(&mut draft)
        .deserialize(&mut reader)
        .and_then(|refused| reader.end().map(|()| refused))
        .map_err(|error| not_an_object(&error))?;
    if let Some(reason) = refused {
        return Err(reason);
    }
    draft.keep_props()?;
    if !draft.has_moment {
        return Err(Reason::of_field("ts_event", "missing: expected RFC 3339 or epoch milliseconds"));
    }
    if !draft.has_id {
        let fields = serde_json::from_slice(line).map_err(|error| not_an_object(&error))?;
        draft.event.event_id = id_of_content(fields, "ts_sent");
    }
    arrival.stamp(draft.event, draft.sent)
}

fn not_an_object(error: &serde_json::Error) -> Reason {
    Reason::of_record(format!("not a JSON object: {error}"))
}

/// Reads an object into a draft; gives the first field that is wrong, if one is.
struct RecordSeed<'d>(&'d mut Draft);

impl<'de> DeserializeSeed<'de> for RecordSeed<'_> {
    type Value = Option<Reason>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_> {
    type Value = Option<Reason>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut refused = None;
        while let Some(Name(name)) = entries.next_key()? {
            let cell: Cell<'de> = entries.next_value()?;
            if let Err(reason) = self.0.set(&name, cell) {
                refused.get_or_insert(reason);
            }
        }
        Ok(refused)
    }
}

/// A field's name, borrowed where it holds no escape.
struct Name<'de>(Cow<'de, str>);

impl<'de> de::Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a field's name")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(NameVisitor)
    }
}

#[cfg(test)]
mod tests;
