//! Whether a value is as a JSON Schema says: the part of draft 2020-12 that our own schemas use.
//!
//! A keyword that it does not know fails the check, so none is passed over. The well-kept libraries for it switch on features
//! of what we ship (how JSON numbers are read, how hosts are compared), so tests would run on another build than users do.

use regex_lite::Regex;
use serde_json::{Map, Value};

/// Says for people, and binds nothing.
const SAID: [&str; 4] = ["description", "title", "format", "default"];

/// What is wrong with a value, if anything; references are looked up in the document.
pub(crate) fn check(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let keywords = match schema {
        Value::Bool(true) => return Ok(()),
        Value::Object(keywords) => keywords,
        other => return Err(format!("{other} lets nothing in")),
    };
    keywords.iter().try_for_each(|(keyword, bound)| {
        is_kept(document, keywords, keyword, bound, value).map_err(|wrong| format!("{keyword}: {wrong}"))
    })
}

fn is_kept(
    document: &Value,
    schema: &Map<String, Value>,
    keyword: &str,
    bound: &Value,
    value: &Value,
) -> Result<(), String> {
    let must = |is_kept: bool| if is_kept { Ok(()) } else { Err(format!("{value} against {bound}")) };
    let list = || bound.as_array().expect("a list");
    let most = || bound.as_f64().expect("a number");
    let wrongs = || list().iter().filter_map(|schema| check(document, schema, value).err());
    match keyword {
        said if SAID.contains(&said) => Ok(()),
        "$ref" => {
            let place = bound.as_str().and_then(|place| place.strip_prefix('#')).expect("a place in the document");
            check(document, document.pointer(place).expect("what it refers to"), value)
        }
        "const" => must(bound == value),
        "enum" => must(list().contains(value)),
        "type" => must(match bound {
            Value::String(kind) => is_of(kind, value),
            kinds => kinds.as_array().expect("kinds").iter().any(|kind| is_of(kind.as_str().expect("a kind"), value)),
        }),
        "anyOf" if wrongs().count() < list().len() => Ok(()),
        "oneOf" if wrongs().count() + 1 == list().len() => Ok(()),
        "anyOf" | "oneOf" => Err(wrongs().collect::<Vec<_>>().join(" | ")),
        "allOf" => wrongs().next().map_or(Ok(()), Err),
        "required" => {
            let has = |name: &Value| value.get(name.as_str().expect("a name")).is_some();
            must(!value.is_object() || list().iter().all(has))
        }
        "properties" => {
            let known = bound.as_object().expect("schemas by name").iter();
            let mut there = known.filter_map(|(name, schema)| Some((schema, value.get(name)?)));
            there.try_for_each(|(schema, value)| check(document, schema, value))
        }
        "additionalProperties" => {
            let known = schema.get("properties").and_then(Value::as_object);
            let others = value.as_object().into_iter().flatten();
            let mut others = others.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)));
            others
                .try_for_each(|(name, value)| check(document, bound, value).map_err(|wrong| format!("{name}: {wrong}")))
        }
        "items" => value.as_array().into_iter().flatten().try_for_each(|item| check(document, bound, item)),
        "maxItems" => must(value.as_array().is_none_or(|items| items.len() as f64 <= most())),
        "minimum" => must(value.as_f64().is_none_or(|number| number >= most())),
        "maximum" => must(value.as_f64().is_none_or(|number| number <= most())),
        "pattern" => {
            let pattern = Regex::new(bound.as_str().expect("a pattern")).expect("a pattern");
            must(value.as_str().is_none_or(|text| pattern.is_match(text)))
        }
        unknown => panic!("the check does not know “{unknown}”: teach it"),
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no kind “{other}”"),
    }
}
