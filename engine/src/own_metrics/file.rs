//! Own metrics as files: TOML as the shipped ones are written, or JSON.

use super::unreadable::rule_of;
use model::metric::own::{FileForm, MAX_IN_FILE, Mistake, OwnMetric, OwnMetricFile, Rule};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// How a text is written, by its first sign: no TOML begins with a brace.
fn form_of(text: &str) -> FileForm {
    if text.trim_start().starts_with('{') { FileForm::Json } else { FileForm::Toml }
}

pub(super) fn write(file: &OwnMetricFile, form: FileForm) -> String {
    // Nothing in it can fail to be written: there are no maps with keys of ours, and no unknown values.
    match form {
        FileForm::Toml => toml::to_string_pretty(file).unwrap_or_default(),
        FileForm::Json => serde_json::to_string_pretty(file).map(|text| text + "\n").unwrap_or_default(),
    }
}

/// A file, read; it still knows where things stand in it.
pub(super) struct ReadFile<'a> {
    pub(super) metrics: Vec<OwnMetric>,
    text: &'a str,
    form: FileForm,
}

impl<'a> ReadFile<'a> {
    /// Every metric, or everything that can't be read.
    pub(super) fn read(text: &'a str) -> Result<Self, Vec<Mistake>> {
        let form = form_of(text);
        let mut file = ReadFile { metrics: Vec::new(), text, form };
        let each: Vec<Result<OwnMetric, (String, String)>> = match form {
            FileForm::Json => {
                let written: Written<&RawValue> = serde_json::from_str(text)
                    .map_err(|error| vec![unreadable(form, &json_reason(&error), Some(error.line()))])?;
                let read = |raw: &&RawValue| read_one(&mut serde_json::Deserializer::from_str(raw.get()));
                written.metric.iter().map(read).collect()
            }
            FileForm::Toml => {
                let written: Written<toml::Value> = toml::from_str(text).map_err(|error| {
                    let line = error.span().map(|span| line_at(text, span.start));
                    vec![unreadable(form, error.message(), line)]
                })?;
                written.metric.into_iter().map(read_one).collect()
            }
        };
        if each.len() > MAX_IN_FILE {
            return Err(vec![Mistake::new("metric", Rule::TooMany { limit: MAX_IN_FILE })]);
        }
        let mut mistakes = Vec::new();
        for (index, metric) in each.into_iter().enumerate() {
            match metric {
                Ok(metric) if file.metrics.iter().any(|other| other.id == metric.id) => {
                    let mistake = Mistake::new("id", Rule::Twice { id: metric.id.to_string() });
                    mistakes.push(file.placed(index, mistake));
                }
                Ok(metric) => file.metrics.push(metric),
                Err((field, reason)) => {
                    mistakes.push(file.placed(index, Mistake::new(field, rule_of(&reason))));
                }
            }
        }
        if mistakes.is_empty() { Ok(file) } else { Err(mistakes) }
    }

    /// A mistake in the so-manieth metric, with its line.
    pub(super) fn placed(&self, index: usize, mistake: Mistake) -> Mistake {
        let steps = steps_of(&mistake.field);
        let byte = match self.form {
            FileForm::Json => json_place(self.text, index, &steps),
            FileForm::Toml => toml_place(self.text, index, &steps),
        };
        let metric = self.metrics.get(index).map(|metric| metric.id.to_string());
        Mistake {
            line: byte.map(|byte| line_at(self.text, byte)),
            metric: mistake.metric.clone().or(metric),
            ..mistake
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<T> {
    metric: Vec<T>,
}

/// One metric; or where in it something is wrong, and what.
fn read_one<'de, D>(deserializer: D) -> Result<OwnMetric, (String, String)>
where
    D: Deserializer<'de>,
    D::Error: std::fmt::Display,
{
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let field = error.path().to_string();
        let reason = error.inner().to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default().trim().to_owned();
        (if field == "." { "metric".to_owned() } else { field }, reason)
    })
}

/// Where the file as a whole can't be read: it is not in its language, or has other fields.
fn unreadable(form: FileForm, reason: &str, line: Option<usize>) -> Mistake {
    let rule = match rule_of(reason) {
        Rule::Unreadable { reason } => Rule::NotInForm { form, reason },
        rule => rule,
    };
    Mistake { line: line.filter(|line| *line > 0), ..Mistake::new("metric", rule) }
}

fn json_reason(error: &serde_json::Error) -> String {
    error.to_string().split(" at line ").next().unwrap_or_default().to_owned()
}

/// The line of a byte, counted from 1.
fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count() + 1
}

/// One step into a value.
enum Step {
    Member(String),
    Entry(usize),
}

/// `value.ratio.of.where[0]` as steps.
fn steps_of(field: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in field.split('.').filter(|part| !part.is_empty()) {
        let mut pieces = part.split('[');
        steps.extend(pieces.next().filter(|name| !name.is_empty()).map(|name| Step::Member(name.to_owned())));
        steps.extend(pieces.filter_map(|piece| piece.trim_end_matches(']').parse().ok()).map(Step::Entry));
    }
    steps
}

/// Where the innermost value on the way that is there begins.
fn json_place(text: &str, index: usize, steps: &[Step]) -> Option<usize> {
    let written: Written<&RawValue> = serde_json::from_str(text).ok()?;
    let mut found = *written.metric.get(index)?;
    for step in steps {
        let next = match step {
            Step::Member(name) => {
                let members: Option<BTreeMap<String, &RawValue>> = serde_json::from_str(found.get()).ok();
                members.and_then(|members| members.get(name).copied())
            }
            Step::Entry(entry) => {
                let entries: Option<Vec<&RawValue>> = serde_json::from_str(found.get()).ok();
                entries.and_then(|entries| entries.get(*entry).copied())
            }
        };
        match next {
            Some(next) => found = next,
            None => break,
        }
    }
    (found.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}

/// The same in TOML.
fn toml_place(text: &str, index: usize, steps: &[Step]) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let metrics = table.get_ref().get("metric")?.get_ref().as_array()?;
    let mut found = metrics.get(index)?;
    for step in steps {
        let next = match (step, found.get_ref()) {
            (Step::Member(name), DeValue::Table(table)) => table.get(name.as_str()),
            (Step::Entry(entry), DeValue::Array(entries)) => entries.get(*entry),
            _ => None,
        };
        match next {
            Some(next) => found = next,
            None => break,
        }
    }
    Some(found.span().start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = r#"# Two metrics
[[metric]]
id = "own.vod_share"
owner = "运营部"
source = "自定义"
name = { zh = "点播占比", en = "Share of VOD" }
definition = { zh = "…", en = "…" }

[metric.value.ratio]
scale = 100
of = { metric = "content.plays", where = [{ dim = "view_mode", in = ["vod"] }] }
to = { metric = "content.plays" }
"#;

    fn mistakes(text: &str) -> Vec<String> {
        let read = ReadFile::read(text).err().unwrap_or_default();
        read.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn both_forms_hold_the_same_and_nothing_is_lost() {
        let read = ReadFile::read(TOML).map_err(|mistakes| format!("{mistakes:?}")).unwrap();
        let file = OwnMetricFile { metric: read.metrics };
        for form in [FileForm::Toml, FileForm::Json] {
            let text = write(&file, form);
            let again = ReadFile::read(&text).map_err(|mistakes| format!("{mistakes:?}\n{text}")).unwrap();
            assert_eq!(again.metrics, file.metric, "{text}");
            assert_eq!(form_of(&text), form);
        }
    }

    #[test]
    fn what_can_not_be_read_is_told_with_its_line_and_field() {
        let unknown = mistakes(&TOML.replace("source =", "additivity = \"additive\"\nsource ="));
        assert!(
            unknown[0].starts_with("line ") && unknown[0].contains("there is no field “additivity” here: expected "),
            "{unknown:?}"
        );
        let id = mistakes(&TOML.replace("own.vod_share", "tv.share"));
        assert!(id[0].starts_with("line 3, id: "), "{id:?}");
        let formula = mistakes(&TOML.replace("to = { metric = \"content.plays\" }", "to = { sql = \"select 1\" }"));
        assert!(formula[0].starts_with("line 12, value.ratio.to"), "{formula:?}");
        let broken = mistakes(&TOML.replace("owner = ", "owner : "));
        assert!(broken[0].starts_with("line 4, metric: this is no TOML: "), "{broken:?}");
        let json = mistakes("{\n \"metric\": [\n  {\"id\": \"own.a\",\n   \"owner\": 7}]}");
        assert_eq!(json, ["line 4, owner: expected a text, found a number"]);
        let twice = mistakes(&format!("{TOML}\n{TOML}"));
        assert_eq!(twice, ["line 16, id: “own.vod_share” stands in the file twice"]);
    }

    #[test]
    fn a_mistake_of_the_catalogue_finds_its_line() {
        let read = ReadFile::read(TOML).map_err(|mistakes| format!("{mistakes:?}")).unwrap();
        let mistake = Mistake::new("value.ratio.of.where[0]", Rule::NotANumber);
        let placed = read.placed(0, mistake);
        assert_eq!((placed.line, placed.metric.as_deref()), (Some(11), Some("own.vod_share")));
    }
}
