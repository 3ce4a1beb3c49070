//! The SQL of every shipped metric, to be read by people.

use super::world::*;
use crate::{
    events::{Fact, SqlWords},
    metrics::{
        catalogue::Catalogue,
        frame::Key,
        plan::{Request, merge, plan},
        prepared::PlannedCourse,
        resolve::resolve,
        sql::{Bind, RolledUpDays, compile},
    },
};
use model::{
    geo::Region,
    time::{Calendar, Day},
};
use std::fmt::Write as _;

/// The statements of queries that are asked together, with their binds.
fn statements(queries: &[&str], words: SqlWords) -> String {
    statements_over(queries, words, &RolledUpDays::default())
}

/// The same where days are added up.
fn statements_over(queries: &[&str], words: SqlWords, rolled_up_days: &RolledUpDays) -> String {
    let catalogue = Catalogue::shipped().unwrap();
    let scope = only(&[
        Region::Province(model::geo::Province::ZJ),
        Region::Province(model::geo::Province::GD),
        Region::Unknown,
    ]);
    let now = at("2026-03-01T20:10:00+08:00");
    let mut requests = indexmap::IndexSet::new();
    for json in queries {
        let resolved = resolve(&catalogue, &query(json), now, Calendar::CHINA).unwrap();
        requests.extend(plan(&catalogue, &scope, &resolved).unwrap().requests);
    }
    text_of(&catalogue, &requests.into_iter().collect::<Vec<_>>(), words, rolled_up_days)
}

fn text_of(catalogue: &Catalogue, requests: &[Request], words: SqlWords, rolled_up_days: &RolledUpDays) -> String {
    let merged = merge(catalogue, requests);
    assert_eq!(merged.answers.len(), requests.len(), "every request has its answer");
    let written = merged.statements.iter().map(|statement| {
        let sql = compile(catalogue, statement, words, rolled_up_days);
        let binds: Vec<String> = sql
            .binds()
            .iter()
            .map(|bind| match bind {
                Bind::Integer(number) => number.to_string(),
                Bind::Text(text) => format!("“{text}”"),
            })
            .collect();
        let place = match words {
            SqlWords::DuckDb => "$",
            SqlWords::ClickHouse => "{p",
            SqlWords::ClickHouseWithoutBinds => return sql.text().to_owned(),
        };
        assert_eq!(sql.text().matches(place).count(), binds.len());
        format!("{}\n-- {}", sql.text(), binds.join(", "))
    });
    written.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_shipped_metric() {
    insta::assert_snapshot!(of_every_metric(SqlWords::DuckDb));
}

#[test]
fn every_shipped_metric_for_clickhouse() {
    insta::assert_snapshot!(of_every_metric(SqlWords::ClickHouse));
}

fn of_every_metric(words: SqlWords) -> String {
    let catalogue = Catalogue::shipped().unwrap();
    let mut all = String::new();
    for metric in catalogue.metrics() {
        let profiles: Vec<Option<String>> = match &metric.value {
            crate::metrics::catalogue::Definition::One(_) => vec![None],
            crate::metrics::catalogue::Definition::Profiles(profiles) => {
                profiles.iter().map(|(id, _)| Some(id.to_string())).collect()
            }
        };
        for profile in profiles {
            let stats = if metric.stats.is_empty() { vec![None] } else { vec![Some("mean"), Some("p95")] };
            for stat in stats {
                let mut reference = serde_json::json!({ "id": metric.id.as_str() });
                if let Some(profile) = &profile {
                    reference["profile"] = profile.as_str().into();
                }
                if let Some(stat) = stat {
                    reference["stat"] = stat.into();
                }
                let query = format!(r#"{{"metrics":[{reference}],"time":"today"}}"#);
                let _ = write!(all, "### {reference}\n{}\n\n", statements(&[&query], words));
            }
        }
    }
    all
}

#[test]
fn splits_filters_and_steps() {
    insta::assert_snapshot!(of_splits_filters_and_steps(SqlWords::DuckDb));
}

#[test]
fn splits_filters_and_steps_for_clickhouse() {
    insta::assert_snapshot!(of_splits_filters_and_steps(SqlWords::ClickHouse));
}

/// Values that would like to be more than that.
#[test]
fn values_stay_in_their_quotes_where_there_are_no_binds() {
    insta::assert_snapshot!(statements(
        &[r#"{"metrics":["content.plays"],"where":[{"dim":"genre","in":["it's","\\","') OR ('1' = '1","？{p1:String}"]}],"time":"today"}"#],
        SqlWords::ClickHouseWithoutBinds,
    ), @r"
    SELECT count(CASE WHEN f.effective THEN 1 END) AS m0, max(toNullable(f.received_ms)) AS newest, max(toNullable(f.simulated)) AS simulated
    FROM all_view AS f FINAL
    WHERE ((f.org = 1 AND (f.province IN ('ZJ', 'GD') OR f.province IS NULL)))
      AND f.start_ms >= 1772294400000 AND f.start_ms < 1772380800000 AND f.gone = 0
      AND f.genre IN ('\') OR (\'1\' = \'1', '\\', 'it\'s', '？{p1:String}')
    ");
}

fn of_splits_filters_and_steps(words: SqlWords) -> String {
    let queries = [
        r#"{"metrics":["content.plays"],"by":["province",{"time":"hour"}],"where":[{"dim":"province","in":["ZJ","XX","SH"]},{"dim":"genre","not_in":["news",null]},{"dim":"isp","not_in":["ct"]}],"time":"today"}"#,
        r#"{"metrics":["content.plays"],"by":[{"time":"month"}],"where":[{"dim":"genre","in":[null]}],"time":"this_year"}"#,
        r#"{"metrics":["tv.share_pct","tv.reach_3"],"by":["programme",{"time":"day"}],"where":[{"dim":"channel","in":["X"]}],"time":"this_week"}"#,
        r#"{"metrics":["iptv.poweron_rate"],"by":["province"],"compare":"week","time":"today"}"#,
        r#"{"metrics":["content.plays"],"where":[{"dim":"isp","in":["cm","ct"]},{"dim":"genre","in":["a","b","c","d","e","f"]}],"time":"today"}"#,
    ];
    let all: Vec<String> =
        queries.iter().map(|query| format!("### {query}\n{}", statements(&[query], words))).collect();
    all.join("\n\n")
}

/// What is asked for the courses of the rows of a table once they are known: nothing of other values, and shares of all.
#[test]
fn courses_of_rows() {
    let catalogue = Catalogue::shipped().unwrap();
    let scope = only(&[Region::Province(model::geo::Province::ZJ), Region::Province(model::geo::Province::GD)]);
    let asked = r#"{"metrics":["content.plays","content.play_users",{"id":"content.watch_h","calculation":"share"},"qoe.fail_pct"],
        "by":["province","genre"],"where":[{"dim":"isp","in":["ct"]}],"course":"hour","time":"today","limit":20}"#;
    let resolved = resolve(&catalogue, &query(asked), at("2026-03-01T20:10:00+08:00"), Calendar::CHINA).unwrap();
    let course = PlannedCourse::of(&catalogue, &scope, &resolved.course.unwrap()).unwrap();
    let rows = [vec![Key::Text("ZJ".into()), Key::Text("drama".into())], vec![Key::Text("ZJ".into()), Key::Unknown]];
    let text =
        |rows: &[Vec<Key>]| text_of(&catalogue, &course.requests_for(rows), SqlWords::DuckDb, &RolledUpDays::default());
    assert_eq!(text(&[]), "", "nothing is asked where there are no rows");
    insta::assert_snapshot!(text(&rows));
}

/// The board of the bench: twelve tiles, how many scans?
#[test]
fn the_bench_board() {
    insta::assert_snapshot!(statements(&BENCH_BOARD, SqlWords::DuckDb));
}

/// The same where all days are added up but the last two and one in between.
#[test]
fn the_bench_board_from_roll_ups() {
    let day = |date: &str| Calendar::CHINA.day_of(at(&format!("{date}T12:00:00+08:00")));
    let (first, hole, last) = (day("2026-01-01"), day("2026-02-10"), day("2026-02-27"));
    let days = (first.0..=last.0).map(Day).filter(|day| *day != hole).map(|day| (Fact::View, day));
    insta::assert_snapshot!(statements_over(&BENCH_BOARD, SqlWords::DuckDb, &RolledUpDays::of(days)));
}

/// Of one province a roll-up by hour has each bucket of an hour once.
#[test]
fn rows_of_a_roll_up_that_are_groups_themselves_are_not_grouped() {
    let day = |date: &str| Calendar::CHINA.day_of(at(&format!("{date}T12:00:00+08:00")));
    let days = (day("2026-01-01").0..day("2026-02-27").0).map(|day| (Fact::View, Day(day)));
    let startup = |provinces: &str| {
        format!(
            r#"{{"metrics":[{{"id":"qoe.startup_s","stat":"p95"}}],"by":[{{"time":"hour"}}],"where":[{{"dim":"province","in":[{provinces}]}}],"time":{{"last":"7d"}}}}"#
        )
    };
    let queries = [startup(r#""ZJ""#), startup(r#""ZJ","GD""#)];
    let queries = queries.iter().map(String::as_str).collect::<Vec<_>>();
    insta::assert_snapshot!(statements_over(&queries, SqlWords::DuckDb, &RolledUpDays::of(days)));
}

#[test]
fn states_cohorts_and_windows_from_roll_ups() {
    let day = |date: &str| Calendar::CHINA.day_of(at(&format!("{date}T12:00:00+08:00")));
    let days = (day("2026-01-01").0..day("2026-02-27").0).map(|day| (Fact::View, Day(day)));
    let queries = [
        r#"{"metrics":["iptv.retention_pct"],"by":["day_number"],"where":[{"dim":"isp","in":["ct"]}],"time":{"last":"7d"}}"#,
        r#"{"metrics":["iptv.state_users"],"by":["state"],"time":"yesterday"}"#,
    ];
    insta::assert_snapshot!(statements_over(&queries, SqlWords::DuckDb, &RolledUpDays::of(days)));
}

const BENCH_BOARD: [&str; 12] = [
    r#"{"metrics":["content.plays"],"time":{"last":"30d"}}"#,
    r#"{"metrics":["content.play_users"],"time":{"last":"30d"}}"#,
    r#"{"metrics":["content.watch_h"],"time":{"last":"30d"}}"#,
    r#"{"metrics":["qoe.fail_pct"],"time":{"last":"30d"}}"#,
    r#"{"metrics":["content.plays"],"by":[{"time":"hour"},"view_mode"],"time":{"last":"30d"}}"#,
    r#"{"metrics":[{"id":"qoe.startup_s","stat":"p95"}],"by":[{"time":"hour"}],"time":{"last":"30d"}}"#,
    r#"{"metrics":["content.plays"],"by":["province"],"top":{"dim":"province","n":10,"by":"content.plays"},"time":{"last":"30d"}}"#,
    r#"{"metrics":["content.plays"],"by":["isp"],"time":{"last":"30d"}}"#,
    r#"{"metrics":["content.plays"],"by":[{"time":"day"},"genre"],"time":{"last":"30d"}}"#,
    r#"{"metrics":["content.plays","content.play_users","content.watch_h"],"by":["content"],"top":{"dim":"content","n":20,"by":"content.plays"},"time":{"last":"30d"}}"#,
    r#"{"metrics":["qoe.rebuf_ratio"],"by":["province","isp"],"time":{"last":"30d"}}"#,
    r#"{"metrics":["qoe.fail_pct"],"by":["cdn","province"],"time":{"last":"30d"}}"#,
];
