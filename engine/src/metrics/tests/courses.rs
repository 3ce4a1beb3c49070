//! Courses beside rows: each is what the same question along time says of that row, and of no other rows is anything read.

use super::{
    random::{queries, scopes, worlds},
    world::*,
};
use crate::metrics::{SharedFrame, catalogue::Catalogue};
use model::{
    frame::{Cell, Frame, FrameState},
    geo::{Province, Region},
    metric::{Additivity, MAX_COURSE_ROWS},
    problem::ProblemCode,
};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const NOW: &str = "2026-03-10T12:00:00+08:00";
const RANGE: &str = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-05T00:00:00+08:00"},"limit":20"#;

/// On the first of four days: 3 plays in Zhejiang, 1 in Guangdong; on the second 1 and 3; then none, then 4 in Zhejiang.
fn plays(counts: &[(i64, Option<Province>, usize)]) -> World {
    let views = counts.iter().flat_map(|&(day, province, count)| {
        (0..count).map(move |number| {
            let start = at("2026-03-01T10:00:00+08:00").plus_millis((day - 1) * 86_400_000);
            let code = province.map_or("", Province::code);
            played(view(&format!("{day}{code}{number}"), &format!("{code}{number}"), province, start), 500, 10_000, 0)
        })
    });
    World { views: views.collect(), ..World::default() }
}

fn world() -> World {
    plays(&[(1, ZJ, 3), (1, GD, 1), (2, ZJ, 1), (2, GD, 3), (4, ZJ, 4)])
}

fn course(frame: &Frame, column: &str, row: usize) -> Vec<Option<f64>> {
    let column = &frame.columns[frame.column(column).unwrap()];
    column.course.as_ref().unwrap_or_else(|| panic!("{} has no course", column.name)).of_row(row).unwrap().to_vec()
}

async fn ask(store: &TestStore, rest: &str) -> SharedFrame {
    store.ask(at(NOW), &everything(&[HOME]), &format!("{{{rest},{RANGE}}}")).await.unwrap()
}

#[tokio::test]
async fn a_row_stays_a_row_and_its_course_stands_beside_it() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let asked = r#""metrics":["content.plays","content.play_users"],"by":["province"],"course":"day","compare":"day","order":[{"metric":"content.plays","desc":true}]"#;
    let frame = ask(&store, asked).await;
    assert_eq!(frame.rows.len(), 2);
    assert_eq!(frame.rows[0][..2], [Cell::Text("ZJ".to_owned()), Cell::Integer(8)]);
    assert_eq!(course(&frame, "content.plays", 0), [3.0, 1.0, 0.0, 4.0].map(Some));
    assert_eq!(course(&frame, "content.plays", 1), [1.0, 3.0, 0.0, 0.0].map(Some));
    assert_eq!(course(&frame, "content.play_users", 0), [3.0, 1.0, 0.0, 4.0].map(Some), "told apart within each step");
    let steps = frame.columns[1].course.as_ref().unwrap().steps();
    assert_eq!((steps.len(), steps[3].as_str()), (4, "2026-03-04T00:00:00+08:00"));
    assert!(frame.columns.iter().all(|column| column.course.is_none() || !column.name.contains('@')));
}

#[tokio::test]
async fn what_is_to_come_has_no_step_and_nothing_has_no_course() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let today = r#"{"metrics":["content.plays"],"by":["province"],"course":"hour","time":"today","limit":20}"#;
    let frame = store.ask(at("2026-03-04T10:20:00+08:00"), &everything(&[HOME]), today).await.unwrap();
    assert_eq!(course(&frame, "content.plays", 0)[9..], [Some(0.0), Some(4.0)], "eleven hours have begun");
    let frame = store.ask(at(NOW), &everything(&[HOME]), today).await.unwrap();
    assert_eq!((frame.state, frame.columns[1].course.clone()), (FrameState::Empty, None));
    let outside = today.replace("\"limit\"", r#""where":[{"dim":"province","in":["XX"]}],"limit""#);
    let frame = store.ask(at(NOW), &everything(&[HOME]), &outside).await.unwrap();
    assert_eq!((frame.state, frame.columns[1].course.clone()), (FrameState::OutsideScope, None));
}

/// Numbers and courses are about the same time, however a sliding range is cut.
#[tokio::test]
async fn the_steps_of_a_sliding_range_add_up_to_its_number() {
    let store = TestStore::new().await;
    let counts: Vec<_> = (1..=8).map(|day| (day, ZJ, day as usize)).collect();
    store.fill(&plays(&counts)).await;
    for (range, step) in [("7d", "hour"), ("7d", "day"), ("24h", "day"), ("14d", "week")] {
        let asked = format!(
            r#"{{"metrics":["content.plays"],"by":["province"],"course":"{step}","time":{{"last":"{range}"}},"limit":20}}"#
        );
        let frame = store.ask(at("2026-03-08T12:30:00+08:00"), &everything(&[HOME]), &asked).await.unwrap();
        let sum: f64 = course(&frame, "content.plays", 0).into_iter().flatten().sum();
        assert_eq!(cell(&frame, "content.plays").as_number(), Some(sum), "{range} by {step}");
    }
}

#[tokio::test]
async fn a_step_of_too_few_cases_is_a_gap() {
    let store = TestStore::new().await;
    store.fill(&plays(&[(1, ZJ, 40), (2, ZJ, 3), (3, ZJ, 31)])).await;
    let frame = ask(&store, r#""metrics":["qoe.fail_pct"],"by":["province"],"course":"day""#).await;
    assert_eq!(course(&frame, "qoe.fail_pct", 0), [Some(0.0), None, Some(0.0), None], "three plays, and none at all");
}

#[tokio::test]
async fn shares_are_of_the_step_and_places_have_no_course() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let asked = r#""metrics":[{"id":"content.plays","calculation":"share"},{"id":"content.plays","calculation":"rank"}],"by":["province"],"course":"day""#;
    let frame = ask(&store, &asked.replace("\"by\"", r#""order":[{"dim":"province"}],"by""#)).await;
    assert_eq!(course(&frame, "content.plays~share", 0), [Some(25.0), Some(75.0), None, Some(0.0)]);
    assert_eq!(frame.columns[2].course, None);
    // Also where only one of the rows is shown.
    let one = format!("{{{asked},{}}}", RANGE.replace("\"limit\":20", "\"limit\":1"));
    let frame = store.ask(at(NOW), &everything(&[HOME]), &one).await.unwrap();
    assert_eq!((frame.rows.len(), course(&frame, "content.plays~share", 0)[0]), (1, Some(25.0)));
}

#[tokio::test]
async fn another_course_is_another_frame() {
    let store = TestStore::new().await;
    let asked = r#""metrics":["content.plays"],"by":["province"],"course":"day""#;
    store.fill(&plays(&[(1, ZJ, 3), (2, ZJ, 1)])).await;
    let before = ask(&store, asked).await;
    store.fill(&plays(&[(1, ZJ, 1), (2, ZJ, 3)])).await;
    let after = ask(&store, asked).await;
    assert_eq!(before.rows, after.rows);
    assert_ne!(before.etag, after.etag);
}

#[tokio::test]
async fn only_rows_that_are_shown_are_asked_for_and_what_was_read_is_kept() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let asker = store.asker(at(NOW));
    let asked = r#"{"metrics":["content.plays"],"by":["province"],"course":"day","order":[{"metric":"content.plays","desc":true}],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-05T00:00:00+08:00"},"limit":1}"#;
    let explain = async |scope| asker.explain_many(NOBODY, &scope, &[query(asked)]).await.pop().unwrap().unwrap();
    let first = explain(everything(&[HOME])).await;
    let told: Vec<_> = first.statements.iter().map(|told| (told.rows, told.groups, told.kept_ms.is_some())).collect();
    assert_eq!(told, [(Some(12), 2, false), (Some(8), 3, false)], "two provinces, and three days of the larger");
    let again = explain(everything(&[HOME])).await;
    assert!(again.statements.len() == 2 && again.statements.iter().all(|told| told.kept_ms.is_some()), "{again:?}");
    // Another scope shares neither.
    let other = explain(only(&[Region::Province(Province::GD)])).await;
    let rows: Vec<_> = other.statements.iter().map(|told| (told.rows, told.kept_ms)).collect();
    assert_eq!(rows, [(Some(4), None), (Some(4), None)]);
}

#[tokio::test]
async fn courses_without_room_are_refused() {
    let store = TestStore::new().await;
    let cases = [
        (r#""by":[],"course":"day""#, ProblemCode::InvalidQuery, "needs a dimension in “by”"),
        (r#""by":["province",{"time":"day"}],"course":"day""#, ProblemCode::InvalidQuery, "rows that are steps"),
        (
            r#""by":["province"],"top":{"dim":"province","n":3,"by":"content.plays"},"course":"day""#,
            ProblemCode::InvalidQuery,
            "by “order” and “limit”",
        ),
        (r#""by":["province"],"course":"minute""#, ProblemCode::TooManySteps, "Take a longer step"),
    ];
    for (asked, code, words) in cases {
        let asked = format!(r#"{{"metrics":["content.plays"],{asked},{RANGE}}}"#);
        let problem = store.ask(at(NOW), &everything(&[HOME]), &asked).await.unwrap_err();
        assert_eq!(problem.code, code, "{asked}: {problem}");
        assert!(problem.detail.contains(words), "{asked}: {problem}");
    }
    let many = format!(
        r#"{{"metrics":["content.plays"],"by":["province"],"course":"day","time":"today","limit":{}}}"#,
        MAX_COURSE_ROWS + 1
    );
    let problem = store.ask(at(NOW), &everything(&[HOME]), &many).await.unwrap_err();
    assert!(problem.detail.contains("expected 200 at most with “course”. Take fewer rows."), "{problem}");
    let stock =
        r#"{"metrics":["iptv.registered"],"by":["province"],"course":"minute","time":{"last":"60m"},"limit":9}"#;
    let problem = store.ask(at(NOW), &everything(&[HOME]), stock).await.unwrap_err();
    assert!(problem.detail.contains("no meaning by minute"), "{problem}");
}

/// The same question along time, as long as it may be; and without its course.
fn along_time(asked: &Value) -> (Value, Value) {
    let (mut series, mut rows) = (asked.clone(), asked.clone());
    rows.as_object_mut().unwrap().remove("course");
    let series_of = series.as_object_mut().unwrap();
    let step = series_of.remove("course").unwrap();
    for other in ["compare", "order"] {
        series_of.remove(other);
    }
    series["limit"] = json!(30_000);
    series["by"].as_array_mut().unwrap().push(json!({ "time": step }));
    (series, rows)
}

/// The numbers of a series by the values before them and the step, without those of too few cases.
fn numbers(series: &Frame) -> BTreeMap<(String, String), Option<f64>> {
    let time = series.time_column().unwrap();
    let number = |at: usize| {
        let column = series.metric_columns().next().unwrap();
        let number = series.rows[at][column].as_number();
        number.filter(|_| series.columns[column].minimum_missed(at).is_none())
    };
    let key = |row: &[Cell]| (format!("{:?}", &row[..time]), row[time].as_text().unwrap().to_owned());
    series.rows.iter().enumerate().map(|(at, row)| (key(row), number(at))).collect()
}

/// Over random worlds, scopes and metrics of every kind.
#[test]
fn a_course_is_what_the_series_says_of_its_row() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = runtime.block_on(TestStore::new());
    let catalogue = Catalogue::shipped().unwrap();
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() });
    let with_course = queries().prop_filter("has a course", |json| query(json).course.is_some());
    let cases = (worlds(), scopes(), prop::collection::vec(with_course, 16));
    let checked = std::cell::Cell::new(0_usize);
    runner
        .run(&cases, |(world, scope, asked)| {
            runtime.block_on(store.fill(&world));
            let ask = |query: &Value| runtime.block_on(store.ask(at(NOW), &scope, &query.to_string()));
            for json in asked {
                let asked: Value = serde_json::from_str(&json).unwrap();
                let (series, rows) = along_time(&asked);
                let (with, without) = match (ask(&asked), ask(&rows)) {
                    (Ok(with), Ok(without)) => (with, without),
                    (with, without) => {
                        prop_assert_eq!(with.map_err(|it| it.code), without.map_err(|it| it.code), "{}", json);
                        continue;
                    }
                };
                let mut bare = with.clone().into_frame();
                let column = bare.metric_columns().next().unwrap();
                let course = bare.columns.get_mut(column).unwrap().course.take();
                bare.etag.clone_from(&without.etag);
                prop_assert_eq!(&bare, &without as &Frame, "rows are as they are without: {}", json);
                let Some(course) = course else { continue };
                let numbers = numbers(&ask(&series).unwrap());
                for (at, row) in bare.rows.iter().enumerate() {
                    let dimensions = format!("{:?}", &row[..column]);
                    let own = row[column].as_number();
                    let curve = course.of_row(at).unwrap();
                    if numbers.keys().any(|(of, _)| *of == dimensions) {
                        let of_step =
                            |step: &String| numbers.get(&(dimensions.clone(), step.clone())).copied().flatten();
                        let expected: Vec<Option<f64>> = course.steps().iter().map(of_step).collect();
                        prop_assert_eq!(curve, &expected[..], "row {} of {}", at, json);
                    } else {
                        // What is unknown and nothing at each step is no row of a series; nor is what only the range has that
                        // it is compared with.
                        let is_nothing = curve.iter().flatten().all(|number| *number == 0.0);
                        prop_assert!(is_nothing, "row {} of {}: {:?}", at, json, curve);
                    }
                    checked.set(checked.get() + curve.iter().flatten().count());
                    let reference = &query(&json).metrics[0];
                    let metric = catalogue.metric(&reference.id).unwrap();
                    let adds_up = metric.additivity == Additivity::Additive
                        && metric.sample.is_none()
                        && reference.calculation.is_none();
                    if let (true, Some(total)) = (adds_up, own) {
                        let sum: f64 = curve.iter().flatten().sum();
                        prop_assert!(
                            (sum - total).abs() <= 1e-9 * total.abs().max(1.0),
                            "{} is not {}: {}",
                            sum,
                            total,
                            json
                        );
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    let checked = checked.get();
    assert!(checked > 400, "only {checked} numbers were there to be compared");
}
