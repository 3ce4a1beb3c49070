//! The templates that are shipped: files of this program, each with its words in both languages.

use model::{
    board::{Board, TemplateBoard, TemplateId, TemplateSummary},
    formatting::Locale,
    text::LocalText,
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

/// As they stand in the gallery.
const FILES: [&str; 14] = [
    include_str!("../../templates/01-rating.json"),
    include_str!("../../templates/02-operation.json"),
    include_str!("../../templates/03-guide.json"),
    include_str!("../../templates/04-content.json"),
    include_str!("../../templates/05-orders.json"),
    include_str!("../../templates/06-live-quality.json"),
    include_str!("../../templates/07-vod-quality.json"),
    include_str!("../../templates/08-web-growth.json"),
    include_str!("../../templates/09-interaction.json"),
    include_str!("../../templates/10-integrated-media.json"),
    include_str!("../../templates/11-command-cabin.json"),
    include_str!("../../templates/12-appraisal.json"),
    include_str!("../../templates/13-daily-brief.json"),
    include_str!("../../templates/14-data-quality.json"),
];

#[derive(Debug, Deserialize)]
struct File {
    id: String,
    name: LocalText,
    about: LocalText,
    audience: LocalText,
    board: Value,
}

/// Every template in one language, as they stand in the gallery.
pub fn all(locale: Locale) -> &'static [TemplateBoard] {
    static IN_CHINESE: LazyLock<Vec<TemplateBoard>> = LazyLock::new(|| read(Locale::ZhCn));
    static IN_ENGLISH: LazyLock<Vec<TemplateBoard>> = LazyLock::new(|| read(Locale::En));
    match locale {
        Locale::ZhCn => &IN_CHINESE,
        Locale::En => &IN_ENGLISH,
    }
}

/// That every file can be read is tested; one that could not would be missing.
fn read(locale: Locale) -> Vec<TemplateBoard> {
    FILES.iter().filter_map(|file| read_file(file, locale).ok()).collect()
}

fn read_file(file: &str, locale: Locale) -> Result<TemplateBoard, serde_json::Error> {
    let File { id, name, about, audience, board } = serde_json::from_str(file)?;
    let board: Board = serde_json::from_value(in_language(board, locale))?;
    let summary = TemplateSummary::of(TemplateId::Shipped(id), [name, about, audience], &board);
    Ok(TemplateBoard { summary, board })
}

/// Puts the words of one language in the place of each text that is written in both.
fn in_language(value: Value, locale: Locale) -> Value {
    match value {
        Value::Object(mut members) if is_text(&members) => {
            let language = match locale {
                Locale::ZhCn => "zh",
                Locale::En => "en",
            };
            members.remove(language).unwrap_or_default()
        }
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, member)| (name, in_language(member, locale))).collect())
        }
        Value::Array(members) => Value::Array(members.into_iter().map(|member| in_language(member, locale)).collect()),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain,
    }
}

fn is_text(members: &serde_json::Map<String, Value>) -> bool {
    members.len() == 2 && ["zh", "en"].iter().all(|language| members.get(*language).is_some_and(Value::is_string))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Catalogue;
    use model::{
        layout::COLUMNS,
        time::{Calendar, Timestamp},
    };

    #[test]
    fn all_fourteen_are_read_in_both_languages() {
        for file in FILES {
            for locale in [Locale::ZhCn, Locale::En] {
                let template = read_file(file, locale).unwrap_or_else(|error| panic!("{error}: {}", &file[..60]));
                assert!(!template.board.title().is_empty());
                assert!(!serde_json::to_string(&template.board).unwrap().contains("\"zh\""));
            }
        }
        let ids = |locale| all(locale).iter().map(|template| template.summary.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(Locale::ZhCn).len(), 14);
        assert_eq!(ids(Locale::ZhCn), ids(Locale::En));
    }

    #[test]
    fn every_tile_fits_and_asks_what_the_catalogue_can_answer() {
        let now = Timestamp::parse("2026-11-27T20:00:00+08:00").unwrap();
        let catalogue = Catalogue::shipped().unwrap();
        let mut problems = Vec::new();
        for TemplateBoard { summary, board } in all(Locale::En) {
            for tile in board.tiles() {
                let here = format!("{}: {}", summary.id, tile.title);
                if let Some(rect) = board.desk().rect(tile.id) {
                    let least = tile.content.kind().least_size();
                    if rect.w() < least.w || rect.h() < least.h || rect.right() > COLUMNS {
                        problems.push(format!("{here}: {rect:?} is smaller than {least:?}"));
                    }
                }
                if let Some(query) = tile.content.query() {
                    let found = catalogue.problems_of(&query, now, Calendar::CHINA);
                    problems.extend(found.into_iter().map(|problem| format!("{here}: {}", problem.detail)));
                }
            }
        }
        assert!(problems.is_empty(), "{problems:#?}");
    }

    #[test]
    fn each_has_three_layouts() {
        for TemplateBoard { summary, board } in all(Locale::ZhCn) {
            assert!(board.layouts().phone.is_some() && board.layouts().wall.is_some(), "{}", summary.id);
        }
    }
}
