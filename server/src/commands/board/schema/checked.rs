//! As much of JSON Schema as ours is written in, to check documents by it. A word it does not know fails the test.

use serde_json::{Map, Value};

/// Documents, checked by a schema.
pub(super) struct Checked<'a> {
    root: &'a Value,
}

impl<'a> Checked<'a> {
    pub(super) fn by(root: &'a Value) -> Self {
        Self { root }
    }

    /// Where the document does not keep to the schema; nothing where it does.
    pub(super) fn problems(&self, document: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        self.check(self.root, document, "", &mut problems);
        problems
    }

    fn keeps(&self, schema: &Value, value: &Value) -> bool {
        let mut problems = Vec::new();
        self.check(schema, value, "", &mut problems);
        problems.is_empty()
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
        let words = match schema {
            Value::Bool(true) => return,
            Value::Object(words) => words,
            other => panic!("{other} is no schema"),
        };
        for (word, wanted) in words {
            let keeps = match word.as_str() {
                // Words for people, forms that only the types check, and what `check_members` looks at.
                "$schema"
                | "$defs"
                | "title"
                | "description"
                | "default"
                | "format"
                | "required"
                | "properties"
                | "additionalProperties"
                | "unevaluatedProperties" => true,
                "$ref" => {
                    self.check(self.referred(wanted), value, at, problems);
                    true
                }
                "type" => Self::is_of_type(wanted, value),
                "pattern" => {
                    let pattern = regex_lite::Regex::new(wanted.as_str().unwrap()).unwrap();
                    value.as_str().is_none_or(|text| pattern.is_match(text))
                }
                "const" => wanted == value,
                "enum" => wanted.as_array().unwrap().contains(value),
                "anyOf" => wanted.as_array().unwrap().iter().any(|one| self.keeps(one, value)),
                "oneOf" => wanted.as_array().unwrap().iter().filter(|one| self.keeps(one, value)).count() == 1,
                "maxLength" => {
                    value.as_str().is_none_or(|text| text.chars().count() as u64 <= wanted.as_u64().unwrap())
                }
                "minimum" => value.as_i64().is_none_or(|number| number >= wanted.as_i64().unwrap()),
                "maximum" => value.as_i64().is_none_or(|number| number <= wanted.as_i64().unwrap()),
                "items" => {
                    for (index, entry) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(wanted, entry, &format!("{at}/{index}"), problems);
                    }
                    true
                }
                other => panic!("the word “{other}” is unknown here: teach it"),
            };
            if !keeps {
                problems.push(format!("{at}: {word} {wanted}"));
            }
        }
        if let Value::Object(members) = value {
            self.check_members(words, members, at, problems);
        }
    }

    fn check_members(
        &self,
        words: &Map<String, Value>,
        members: &Map<String, Value>,
        at: &str,
        problems: &mut Vec<String>,
    ) {
        for needed in words.get("required").and_then(Value::as_array).into_iter().flatten() {
            if !members.contains_key(needed.as_str().unwrap()) {
                problems.push(format!("{at}: {needed} is missing"));
            }
        }
        let properties = words.get("properties").and_then(Value::as_object);
        let is_closed = ["additionalProperties", "unevaluatedProperties"].iter().any(|word| words.get(*word).is_some());
        for (key, member) in members {
            match properties.and_then(|properties| properties.get(key)) {
                Some(schema) => self.check(schema, member, &format!("{at}/{key}"), problems),
                None if is_closed => problems.push(format!("{at}: {key} is unknown")),
                None => {}
            }
        }
    }

    fn referred(&self, reference: &Value) -> &'a Value {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        self.root.pointer(pointer).unwrap()
    }

    fn is_of_type(wanted: &Value, value: &Value) -> bool {
        let is = |name: &str| match name {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("the type “{other}” is unknown here: teach it"),
        };
        match wanted {
            Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
            name => is(name.as_str().unwrap()),
        }
    }
}
