//! A body of Segment's form: a single record, or a batch of them. It is taken apart into the texts of its records, and only
//! they are read, one by one: a tree of all of it would be many times its size.

use super::{
    Arrival, Records, check_count, limits,
    segment::{SegmentKind, parse_record},
    value::Cell,
};
use model::problem::{Problem, ProblemCode};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};
use serde_json::{Value, value::RawValue};
use std::fmt;

/// The write key in a body, for clients that cannot send a header. Nothing else of it is kept: whose it is, is not known
/// yet.
pub fn write_key_of_segment_body(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Keyed {
        #[serde(rename = "writeKey")]
        write_key: String,
    }

    // A list would be read as the fields in their order.
    let is_object = body.trim_ascii_start().starts_with(b"{");
    let keyed: Keyed = is_object.then(|| serde_json::from_slice(body).ok()).flatten()?;
    Some(keyed.write_key)
}

/// Reads a batch, or a single record of the kind that its path says.
pub(crate) fn parse_body(body: &[u8], kind: Option<SegmentKind>, arrival: &Arrival<'_>) -> Result<Records, Problem> {
    let whole: &RawValue = serde_json::from_slice(body).map_err(|error| malformed(&error))?;
    let Body { batch, sent } = if whole.get().starts_with('{') {
        serde_json::from_str(whole.get()).map_err(|error| malformed(&error))?
    } else {
        Body::default()
    };
    let Parts { listed, count } = match batch {
        None => Parts { listed: vec![whole], count: 1 },
        Some(list) if list.get().starts_with('[') => {
            serde_json::from_str(list.get()).map_err(|error| malformed(&error))?
        }
        Some(_) => {
            let detail = "“batch” is no list: expected {\"batch\": [{\"type\": \"track\", …}, …]}";
            return Err(Problem::new(ProblemCode::MalformedRequest, detail));
        }
    };
    check_count(count)?;
    let sent: Option<Value> = sent.and_then(|sent| serde_json::from_str(sent.get()).ok());
    let sent = sent.and_then(|sent| Cell::from(&sent).moment("sentAt").ok().flatten());
    let mut records = Records::default();
    for (index, part) in listed.into_iter().enumerate() {
        records.add(index, || part.get().to_owned(), parse_record(part.get(), kind, sent, arrival));
    }
    Ok(records)
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::new(ProblemCode::MalformedJson, format!("the body is no JSON: {error}"))
        .with("line", error.line())
        .with("column", error.column())
}

#[derive(Deserialize, Default)]
struct Body<'b> {
    #[serde(borrow, default)]
    batch: Option<&'b RawValue>,
    #[serde(borrow, default, rename = "sentAt")]
    sent: Option<&'b RawValue>,
}

/// The records of a batch, as many as a request may hold, and how many there are.
struct Parts<'b> {
    listed: Vec<&'b RawValue>,
    count: usize,
}

impl<'de> Deserialize<'de> for Parts<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PartsVisitor;

        impl<'de> Visitor<'de> for PartsVisitor {
            type Value = Parts<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut listed = Vec::new();
                while listed.len() < limits::REQUEST_RECORDS {
                    let Some(item) = items.next_element()? else {
                        return Ok(Parts { count: listed.len(), listed });
                    };
                    listed.push(item);
                }
                let mut count = listed.len();
                while items.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Parts { listed, count })
            }
        }

        deserializer.deserialize_seq(PartsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::{Envelope, Source};
    use model::{
        access::OrganisationId,
        time::{Calendar, Timestamp},
    };

    fn parse(body: &str) -> Result<Records, Problem> {
        let source =
            Source { id: 7, organisation: OrganisationId(1), name: "web".to_owned(), province: None, simulated: false };
        let envelope = Envelope { source, client: None };
        parse_body(body.as_bytes(), None, &Arrival::new(&envelope, Timestamp::from_millis(0), Calendar::CHINA))
    }

    #[test]
    fn the_write_key_is_read_beside_anything() {
        let body = format!(r#"{{"batch":[{}1],"writeKey":"k\u0031"}}"#, "[[1]],".repeat(1_000));
        assert_eq!(write_key_of_segment_body(body.as_bytes()).as_deref(), Some("k1"));
        let deep = format!(r#"{{"writeKey":"k","batch":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(write_key_of_segment_body(deep.as_bytes()).as_deref(), Some("k"));
        for without in ["", "{}", r#"["k"]"#, r#"{"writeKey":7}"#, r#"{"writeKey":"k""#] {
            assert_eq!(write_key_of_segment_body(without.as_bytes()), None, "{without}");
        }
    }

    #[test]
    fn a_batch_of_too_many_records_is_refused_as_a_whole() {
        let batch = |records: usize| parse(&format!(r#"{{"batch":[1{}]}}"#, ",1".repeat(records - 1)));
        let most = batch(limits::REQUEST_RECORDS).unwrap();
        assert_eq!((most.parsed.len(), most.refused_count), (0, limits::REQUEST_RECORDS));
        assert_eq!(most.refused.len(), limits::KEPT_REFUSALS);
        let problem = batch(limits::REQUEST_RECORDS + 1).unwrap_err();
        assert_eq!(problem.code, ProblemCode::BodyTooLarge);
        assert_eq!(problem.parameters["limit_records"], limits::REQUEST_RECORDS.to_string());
    }

    #[test]
    fn what_is_no_batch_is_said() {
        assert_eq!(parse(r#"{"batch":"#).unwrap_err().code, ProblemCode::MalformedJson);
        assert_eq!(parse(r#"{"batch":{}}"#).unwrap_err().code, ProblemCode::MalformedRequest);
        for single in ["7", r#"["a"]"#, " {} ", r#"{"batch":null}"#] {
            assert_eq!(parse(single).unwrap().refused_count, 1, "{single}");
        }
        assert_eq!(parse(r#"{"batch":[]}"#).unwrap().refused_count, 0);
    }

    #[test]
    fn a_record_too_deep_is_one_rejection() {
        let deep = format!(r#"{{"batch":[{}{}]}}"#, "[".repeat(1_000), "]".repeat(1_000));
        assert_eq!(parse(&deep).unwrap().refused_count, 1);
    }
}
