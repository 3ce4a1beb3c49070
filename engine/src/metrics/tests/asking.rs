//! Questions of every form, and questions that can't be answered.

use super::world::*;
use crate::{access::Scope, events::fact_rows::ViewRow, metrics::SharedFrame};
use model::{
    frame::{FrameState, Warning},
    geo::{Province, Region},
    metric::{Domain, Filter, FilterValues},
    problem::ProblemCode,
};
use std::collections::{BTreeMap, BTreeSet};

const NOW: &str = "2026-03-02T12:00:00+08:00";

fn play(number: usize, household: &str, genre: Option<&str>, start: &str) -> ViewRow {
    ViewRow {
        genre: genre.map(Into::into),
        ..played(view(&format!("s{number}"), household, ZJ, at(start)), 500, 3_600_000, 0)
    }
}

/// Two days: drama 3 plays of 2 households, news 2 of 2, sport 1, unknown 1.
fn world() -> World {
    let plays = [
        ("h1", Some("drama"), "2026-03-02T08:10:00+08:00"),
        ("h1", Some("drama"), "2026-03-02T08:20:00+08:00"),
        ("h2", Some("drama"), "2026-03-02T10:20:00+08:00"),
        ("h1", Some("news"), "2026-03-02T08:30:00+08:00"),
        ("h2", Some("news"), "2026-03-02T10:30:00+08:00"),
        ("h1", Some("sport"), "2026-03-02T10:40:00+08:00"),
        ("h1", None, "2026-03-02T10:45:00+08:00"),
        ("h3", Some("drama"), "2026-03-01T09:00:00+08:00"),
        ("h3", Some("drama"), "2026-03-01T13:00:00+08:00"),
    ];
    let views =
        plays.iter().enumerate().map(|(number, (household, genre, start))| play(number, household, *genre, start));
    World { views: views.collect(), ..World::default() }
}

async fn answer(json: &str) -> (TestStore, SharedFrame) {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let frame = store.ask(at(NOW), &everything(&[HOME]), json).await.unwrap();
    (store, frame)
}

#[tokio::test]
async fn gaps_are_zero_and_what_is_to_come_is_missing() {
    let (_store, frame) =
        answer(r#"{"metrics":["content.plays","qoe.fail_pct"],"by":[{"time":"hour"}],"time":"today"}"#).await;
    assert_eq!(frame.rows.len(), 13, "{frame:?}");
    assert_eq!(
        written(&frame).lines().skip(8).take(3).collect::<Vec<_>>(),
        ["2026-03-02T08:00:00+08:00 3 0.000", "2026-03-02T09:00:00+08:00 0 –", "2026-03-02T10:00:00+08:00 4 0.000"],
    );
    assert_eq!(frame.columns[1].missing.len(), 11);
    assert_eq!(frame.columns[1].missing[0], "2026-03-02T13:00:00+08:00");
    assert_eq!(frame.as_of, Some(at("2026-03-02T10:45:00+08:00")));
    assert_eq!(frame.state, FrameState::Ready);
    assert_eq!(frame.warnings, [Warning::SmallSample { minimum: 30 }]);
    assert_eq!(frame.columns[1].small, None, "plays have no minimum");
    let shown: Vec<usize> = (0..13).filter(|row| frame.rows[*row][2] != model::frame::Cell::Null).collect();
    let small: Vec<usize> = (0..24).filter(|row| frame.columns[2].minimum_missed(*row) == Some(30)).collect();
    assert_eq!(small, shown, "each share that is shown rests on three plays or four, and what is undefined on nothing");
}

#[tokio::test]
async fn the_rest_of_a_top_is_recounted_and_not_added_up() {
    let (_store, frame) = answer(
        r#"{"metrics":["content.plays","content.play_users","content.avg_watch"],"by":["genre"],"top":{"dim":"genre","n":1,"by":"content.plays","other":true},"time":"today"}"#,
    )
    .await;
    // News, sport and unknown are of h1, h2, h1 and h1: two households.
    assert_eq!(written(&frame), "drama 3 2 60.000\n__other__ 4 2 60.000");
}

#[tokio::test]
async fn a_top_without_the_rest_keeps_only_the_largest_and_the_unknown_is_a_value() {
    let (_store, frame) = answer(
        r#"{"metrics":["content.plays"],"by":["genre"],"top":{"dim":"genre","n":4,"by":"content.plays"},"time":"today"}"#,
    )
    .await;
    assert_eq!(written(&frame), "drama 3\nnews 2\nsport 1\n– 1");
}

#[tokio::test]
async fn a_top_along_time_ranks_by_the_whole_range() {
    let (_store, frame) = answer(
        r#"{"metrics":["content.play_users"],"by":[{"time":"day"},"genre"],"top":{"dim":"genre","n":1,"by":"content.plays","other":true},"order":[{"time":true}],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}}"#,
    )
    .await;
    assert_eq!(
        written(&frame),
        "2026-03-01T00:00:00+08:00 drama 1\n2026-03-01T00:00:00+08:00 __other__ 0\n2026-03-02T00:00:00+08:00 drama 2\n2026-03-02T00:00:00+08:00 __other__ 2",
    );
}

#[tokio::test]
async fn an_open_day_is_compared_with_what_had_passed_the_day_before() {
    let (_store, frame) = answer(r#"{"metrics":["content.plays"],"compare":"day","time":"today"}"#).await;
    let names: Vec<&str> = frame.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["content.plays", "content.plays@day", "content.plays@day_pct"]);
    assert_eq!(written(&frame), "7 1 600.000", "the play at 13:00 of the day before is still to come today");
}

#[tokio::test]
async fn rows_are_ordered_and_limited() {
    let (_store, frame) = answer(r#"{"metrics":["content.plays"],"by":["genre"],"order":[{"metric":"content.plays","desc":true}],"limit":3,"time":"today"}"#).await;
    assert_eq!(written(&frame), "drama 3\nnews 2\nsport 1");
    assert_eq!(frame.warnings, [Warning::Truncated { limit: 3, rows: 4 }]);
    let (_store, frame) =
        answer(r#"{"metrics":["content.plays"],"by":["genre"],"order":[{"dim":"genre","desc":true}],"time":"today"}"#)
            .await;
    assert_eq!(written(&frame), "– 1\nsport 1\nnews 2\ndrama 3");
}

#[tokio::test]
async fn filters_know_the_unknown() {
    for (filter, expected) in [
        (r#"{"dim":"genre","in":["news"]}"#, 2),
        (r#"{"dim":"genre","in":["news",null]}"#, 3),
        (r#"{"dim":"genre","in":[null]}"#, 1),
        (r#"{"dim":"genre","not_in":["news"]}"#, 5),
        (r#"{"dim":"genre","not_in":["news",null]}"#, 4),
        (r#"{"dim":"genre","not_in":[null]}"#, 6),
        (r#"{"dim":"genre","in":[]}"#, 0),
        (r#"{"dim":"genre","not_in":[]}"#, 7),
        (r#"{"dim":"genre","in":["'; drop table fact_view; --"]}"#, 0),
    ] {
        let (_store, frame) =
            answer(&format!(r#"{{"metrics":["content.plays"],"where":[{filter}],"time":"today"}}"#)).await;
        assert_eq!(number(&frame, "content.plays") as i64, expected, "{filter}");
    }
}

#[tokio::test]
async fn nothing_happened_is_not_nothing_known() {
    let (_store, frame) = answer(r#"{"metrics":["content.plays","content.avg_watch"],"time":{"from":"2025-03-01T00:00:00+08:00","to":"2025-03-02T00:00:00+08:00"}}"#).await;
    assert_eq!((frame.state, written(&frame).as_str(), frame.as_of), (FrameState::Empty, "0 –", None));
}

#[tokio::test]
async fn what_is_forbidden_and_what_does_not_exist_give_the_same_bytes() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let zhejiang = only(&[Region::Province(Province::ZJ)]);
    let asked = async |provinces: &str| {
        let query = format!(
            r#"{{"metrics":["content.plays"],"by":["genre"],"where":[{{"dim":"province","in":[{provinces}]}}],"compare":"day","time":"today"}}"#
        );
        serde_json::to_string(&*store.ask(at(NOW), &zhejiang, &query).await.unwrap()).unwrap()
    };
    let forbidden = asked(r#""GD""#).await;
    assert!(forbidden.contains("outside_scope"), "{forbidden}");
    for provinces in [r#""Atlantis""#, "null", r#""GD","SH""#, ""] {
        assert_eq!(asked(provinces).await, forbidden, "{provinces}");
    }
    assert_eq!(asked(r#""ZJ","GD""#).await, asked(r#""ZJ","Atlantis""#).await);
}

#[tokio::test]
async fn only_simulated_data_is_said_to_be_simulated() {
    let store = TestStore::new().await;
    let mut world = world();
    world.views[3].simulated = true;
    store.fill(&world).await;
    for (genre, simulated) in [("news", true), ("drama", false)] {
        let query =
            format!(r#"{{"metrics":["content.plays"],"where":[{{"dim":"genre","in":["{genre}"]}}],"time":"today"}}"#);
        assert_eq!(store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap().simulated, simulated);
    }
}

#[tokio::test]
async fn wrong_questions_say_what_is_wrong() {
    let store = TestStore::new().await;
    let cases = [
        (r#"{"metrics":[],"time":"today"}"#, ProblemCode::InvalidQuery, "at least one metric"),
        (r#"{"metrics":["content.play"],"time":"today"}"#, ProblemCode::UnknownMetric, "did you mean content.plays"),
        (r#"{"metrics":["nothing.like_it"],"time":"today"}"#, ProblemCode::UnknownMetric, "“nothing.like_it”."),
        (
            r#"{"metrics":["content.plays"],"by":["provinces"],"time":"today"}"#,
            ProblemCode::UnknownDimension,
            "did you mean province",
        ),
        (
            r#"{"metrics":["content.plays"],"by":["tier"],"time":"today"}"#,
            ProblemCode::DimensionNotOfMetric,
            "“effective_plays” neither knows nor ignores it",
        ),
        (
            r#"{"metrics":["tv.rating_pct"],"where":[{"dim":"genre","in":["drama"]}],"time":"today"}"#,
            ProblemCode::DimensionNotOfMetric,
            "“live_minutes” neither knows nor ignores it",
        ),
        (
            r#"{"metrics":[{"id":"content.plays","stat":"p95"}],"time":"today"}"#,
            ProblemCode::UnknownStat,
            "single number",
        ),
        (
            r#"{"metrics":[{"id":"qoe.fail_pct","profile":"own"}],"time":"today"}"#,
            ProblemCode::UnknownProfile,
            "expected cta2066, conviva, mux",
        ),
        (r#"{"metrics":["content.plays","content.plays"],"time":"today"}"#, ProblemCode::InvalidQuery, "twice"),
        (r#"{"metrics":["content.plays"],"by":["isp","isp"],"time":"today"}"#, ProblemCode::InvalidQuery, "twice"),
        (r#"{"metrics":["content.plays"],"limit":0,"time":"today"}"#, ProblemCode::InvalidQuery, "expected 1 to"),
        (
            r#"{"metrics":["content.plays"],"by":[{"time":"minute"}],"time":{"last":"30d"}}"#,
            ProblemCode::TooManySteps,
            "shorter range",
        ),
        (
            r#"{"metrics":["tv.rating_pct"],"time":{"from":"0001-01-01T00:00:00Z","to":"2026-03-02T00:00:00Z"}}"#,
            ProblemCode::RangeTooLong,
            "Take a shorter range",
        ),
        (
            r#"{"metrics":["iptv.registered"],"by":[{"time":"minute"}],"time":"today"}"#,
            ProblemCode::InvalidQuery,
            "no meaning by minute",
        ),
        (
            r#"{"metrics":["content.plays"],"top":{"dim":"isp","n":3,"by":"content.plays"},"time":"today"}"#,
            ProblemCode::InvalidQuery,
            "not in “by”",
        ),
        (
            r#"{"metrics":["content.plays"],"order":[{"metric":"content.watch_h"}],"time":"today"}"#,
            ProblemCode::InvalidQuery,
            "not in the answer",
        ),
    ];
    for (query, code, words) in cases {
        let problem = store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap_err();
        assert_eq!(problem.code, code, "{query}: {problem}");
        assert!(problem.detail.contains(words), "{query}: {problem}");
    }
}

#[tokio::test]
async fn a_kind_of_data_that_is_not_granted_is_said_so() {
    let store = TestStore::new().await;
    let scope =
        Scope::for_tests(BTreeMap::from([(Domain::Orders, BTreeSet::from([(HOME, Region::Province(Province::ZJ))]))]));
    let problem = store.ask(at(NOW), &scope, r#"{"metrics":["order.arpu"],"time":"today"}"#).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::EmptyScope);
    assert!(problem.detail.contains("order.arpu") && problem.detail.contains("operation"), "{problem}");
    let view = crate::metrics::Catalogue::shipped().unwrap().view(&scope);
    let offered = |id: &str| view.metrics.iter().any(|metric| metric.id.as_str() == id);
    assert!(view.metrics.iter().all(|metric| metric.id.as_str().starts_with("order.")));
    assert!(offered("order.count") && offered("order.aov"));
    assert!(!offered("order.arpu") && !offered("order.pay_rate"), "they are made of accounts too");
    assert!(view.dimensions.iter().all(|dimension| dimension.id.as_str() != "channel"));
}

#[tokio::test]
async fn too_many_queries_are_refused_together() {
    let store = TestStore::new().await;
    let many = vec![query(r#"{"metrics":["content.plays"],"time":"today"}"#); 101];
    let answers = store.asker(at(NOW)).ask_many(NOBODY, &everything(&[HOME]), &many).await;
    assert!(
        answers.len() == 101
            && answers.iter().all(|answer| answer.as_ref().unwrap_err().code == ProblemCode::TooManyQueries)
    );
}

#[tokio::test]
async fn filter_menus_offer_what_occurs_in_the_scope() {
    let store = TestStore::new().await;
    let mut world = world();
    world.views[5].province = GD;
    store.fill(&world).await;
    let asker = store.asker(at(NOW));
    let (metric, genre) = ("content.plays".parse().unwrap(), "genre".parse().unwrap());
    let all = asker.filter_values(NOBODY, &everything(&[HOME]), &metric, &genre, &[], "").await.unwrap();
    assert_eq!(all, ["drama", "news", "sport"]);
    let inside =
        asker.filter_values(NOBODY, &only(&[Region::Province(Province::ZJ)]), &metric, &genre, &[], "").await.unwrap();
    assert_eq!(inside, ["drama", "news"]);
    // Beside what another filter lets in; what the scope does not hold stays out of it.
    let in_guangdong =
        Filter { dimension: "province".parse().unwrap(), values: FilterValues::In(vec![Some("GD".to_owned())]) };
    let beside = std::slice::from_ref(&in_guangdong);
    let dependent = asker.filter_values(NOBODY, &everything(&[HOME]), &metric, &genre, beside, "").await.unwrap();
    assert_eq!(dependent, ["sport"]);
    let outside = asker
        .filter_values(NOBODY, &only(&[Region::Province(Province::ZJ)]), &metric, &genre, beside, "")
        .await
        .unwrap();
    assert_eq!(outside, Vec::<String>::new());
    assert_eq!(asker.filter_values(NOBODY, &everything(&[HOME]), &metric, &genre, &[], " EW").await.unwrap(), ["news"]);
    let provinces = asker
        .filter_values(NOBODY, &only(&[Region::Province(Province::ZJ)]), &metric, &"province".parse().unwrap(), &[], "")
        .await
        .unwrap();
    assert_eq!(provinces, ["ZJ"]);
    assert!(
        asker.filter_values(NOBODY, &everything(&[HOME]), &metric, &"tier".parse().unwrap(), &[], "").await.is_err()
    );
}

#[tokio::test]
async fn programmes_fill_their_own_filter_menu() {
    let store = TestStore::new().await;
    let now = at(NOW);
    let world = World {
        minutes: vec![minute("h1", "X", at("2026-03-02T08:00:00+08:00"), at("2026-03-02T08:00:00+08:00"), 60)],
        programmes: vec![programme("X", "Morning", at("2026-03-02T07:00:00+08:00"), at("2026-03-02T09:00:00+08:00"))],
        ..World::default()
    };
    store.fill(&world).await;
    let values = store
        .asker(now)
        .filter_values(NOBODY, &everything(&[HOME]), &"tv.ama".parse().unwrap(), &"programme".parse().unwrap(), &[], "")
        .await;
    assert_eq!(values.unwrap(), ["Morning"]);
}
