//! What the readers of TOML and JSON say, as something that can be told in any language.
//!
//! They say it in English and in a form that is theirs; what is not recognised is passed on as it is.

use model::metric::own::{Rule, ValueKind};

/// The rule that a value breaks, by what its reader says of it.
pub(super) fn rule_of(reason: &str) -> Rule {
    missing(reason)
        .or_else(|| unknown(reason))
        .or_else(|| wrong_kind(reason))
        .or_else(|| of_formulas(reason))
        .unwrap_or_else(|| Rule::Unreadable { reason: reason.to_owned() })
}

/// ``missing field `owner` ``
fn missing(reason: &str) -> Option<Rule> {
    let (name, _) = quoted(reason.strip_prefix("missing field ")?)?;
    Some(Rule::FieldMissing { name })
}

/// ``unknown field `x`, expected one of `a`, `b` ``, and the same of a variant.
fn unknown(reason: &str) -> Option<Rule> {
    let is_field = reason.starts_with("unknown field ");
    let rest = reason.strip_prefix("unknown field ").or_else(|| reason.strip_prefix("unknown variant "))?;
    let (given, mut rest) = quoted(rest)?;
    let mut expected = Vec::new();
    while let Some((name, behind)) = quoted(rest) {
        expected.push(name);
        rest = behind;
    }
    Some(if is_field { Rule::FieldUnknown { given, expected } } else { Rule::WordUnknown { given, expected } })
}

/// ``invalid type: integer `7`, expected a string``
fn wrong_kind(reason: &str) -> Option<Rule> {
    let (found, expected) = reason.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    Some(Rule::WrongKind { found: kind_of(found)?, expected: kind_of(expected)? })
}

/// What our own types say of an id and of the shape of a formula.
fn of_formulas(reason: &str) -> Option<Rule> {
    let given = reason.strip_prefix('“').and_then(|rest| rest.split_once("” can't be the id of an own metric"));
    if let Some((given, _)) = given {
        return Some(Rule::NoName { given: given.to_owned() });
    }
    let misplaced = reason.split_once(" belong").filter(|(_, behind)| behind.contains("beside"));
    if let Some(name) = misplaced.and_then(|(names, _)| names.strip_prefix('“')?.split('”').next()) {
        return Some(Rule::NotBesideATerm { name: name.to_owned() });
    }
    reason.starts_with("a formula is exactly one of").then_some(Rule::NotOneFormula)
}

/// The text between the first two backquotes, and what stands behind them.
fn quoted(text: &str) -> Option<(String, &str)> {
    let (_, rest) = text.split_once('`')?;
    let (inside, behind) = rest.split_once('`')?;
    Some((inside.to_owned(), behind))
}

/// A kind of value, as serde names what it found or wanted.
fn kind_of(words: &str) -> Option<ValueKind> {
    let begins = |starts: &[&str]| starts.iter().any(|start| words.starts_with(start));
    if begins(&["string", "a string", "borrowed string", "character"]) {
        Some(ValueKind::Text)
    } else if begins(&[
        "integer",
        "floating point",
        "f32",
        "f64",
        "i8",
        "i16",
        "i32",
        "i64",
        "u8",
        "u16",
        "u32",
        "u64",
        "usize",
    ]) {
        Some(ValueKind::Number)
    } else if begins(&["boolean", "a boolean"]) {
        Some(ValueKind::TrueOrFalse)
    } else if begins(&["sequence", "a sequence"]) {
        Some(ValueKind::List)
    } else if begins(&["map", "a map", "struct "]) {
        Some(ValueKind::Table)
    } else if begins(&["null", "unit", "Option value"]) {
        Some(ValueKind::Nothing)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::metric::own::OwnMetric;

    /// What the reader of JSON really says.
    fn told(json: &str) -> Rule {
        let error = serde_json::from_str::<OwnMetric>(json).unwrap_err().to_string();
        rule_of(error.split(" at line ").next().unwrap())
    }

    const TEXTS: &str = r#""name":{"zh":"甲","en":"A"},"definition":{"zh":"乙","en":"B"},"owner":"o","source":"s""#;

    #[test]
    fn what_readers_say_is_understood() {
        let value = r#""value":{"metric":"content.plays"}"#;
        assert_eq!(told(&format!("{{{TEXTS},{value}}}")), Rule::FieldMissing { name: "id".to_owned() });
        let unknown = told(&format!(r#"{{"id":"own.a",{TEXTS},{value},"additivity":1}}"#));
        assert!(
            matches!(&unknown, Rule::FieldUnknown { given, expected } if given == "additivity" && expected.iter().any(|name| name == "owner")),
            "{unknown:?}"
        );
        let kind = told(&format!(r#"{{"id":"own.a",{},{value}}}"#, TEXTS.replace(r#""o""#, "7")));
        assert_eq!(kind, Rule::WrongKind { found: ValueKind::Number, expected: ValueKind::Text });
        let name = told(&format!(r#"{{"id":"tv.a",{TEXTS},{value}}}"#));
        assert_eq!(name, Rule::NoName { given: "tv.a".to_owned() });
        let formula =
            told(&format!(r#"{{"id":"own.a",{TEXTS},"value":{{"metric":"content.plays","measure":"stalls"}}}}"#));
        assert_eq!(formula, Rule::NotOneFormula);
        let place = told(&format!(
            r#"{{"id":"own.a",{TEXTS},"value":{{"divided":{{"of":{{"metric":"content.plays"}},"by":2}},"stat":"p95"}}}}"#
        ));
        assert_eq!(place, Rule::NotBesideATerm { name: "stat".to_owned() });
        let unit = told(&format!(r#"{{"id":"own.a",{TEXTS},"unit":"miles",{value}}}"#));
        assert!(
            matches!(&unit, Rule::WordUnknown { given, expected } if given == "miles" && expected.iter().any(|word| word == "percent")),
            "{unit:?}"
        );
    }

    #[test]
    fn what_is_not_understood_is_passed_on() {
        assert_eq!(rule_of("something else"), Rule::Unreadable { reason: "something else".to_owned() });
    }
}
