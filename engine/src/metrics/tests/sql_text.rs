//! The SQL of every shipped metric, to be read by people.

use super::world::*;
use crate::metrics::{
    catalogue::Catalogue,
    plan::{merge, plan},
    resolve::resolve,
    sql::{Bind, DuckDb, compile},
};
use model::{geo::Region, time::Calendar};
use std::fmt::Write as _;

/// The statements of queries that are asked together, with their binds.
fn statements(queries: &[&str]) -> String {
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
    let requests: Vec<_> = requests.into_iter().collect();
    let merged = merge(&catalogue, &requests);
    assert_eq!(merged.answers.len(), requests.len(), "every request has its answer");
    let written = merged.statements.iter().map(|statement| {
        let sql = compile(&catalogue, statement, &DuckDb);
        let binds: Vec<String> = sql
            .binds()
            .iter()
            .map(|bind| match bind {
                Bind::Integer(number) => number.to_string(),
                Bind::Text(text) => format!("“{text}”"),
            })
            .collect();
        assert_eq!(sql.text().matches('$').count(), binds.len());
        format!("{}\n-- {}", sql.text(), binds.join(", "))
    });
    written.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_shipped_metric() {
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
                let _ = write!(all, "### {reference}\n{}\n\n", statements(&[&query]));
            }
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn splits_filters_and_steps() {
    let queries = [
        r#"{"metrics":["content.plays"],"by":["province",{"time":"hour"}],"where":[{"dim":"province","in":["ZJ","XX","SH"]},{"dim":"genre","not_in":["news",null]},{"dim":"isp","not_in":["ct"]}],"time":"today"}"#,
        r#"{"metrics":["content.plays"],"by":[{"time":"month"}],"where":[{"dim":"genre","in":[null]}],"time":"this_year"}"#,
        r#"{"metrics":["tv.share_pct","tv.reach_3"],"by":["programme",{"time":"day"}],"where":[{"dim":"channel","in":["X"]}],"time":"this_week"}"#,
        r#"{"metrics":["iptv.poweron_rate"],"by":["province"],"compare":"week","time":"today"}"#,
    ];
    let all: Vec<String> = queries.iter().map(|query| format!("### {query}\n{}", statements(&[query]))).collect();
    insta::assert_snapshot!(all.join("\n\n"));
}

/// The board of the bench: twelve tiles, how many scans?
#[test]
fn the_bench_board() {
    let board = [
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
    insta::assert_snapshot!(statements(&board));
}
