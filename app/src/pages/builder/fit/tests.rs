//! Whatever is clicked in the menus, in whatever order, the server can answer.

use super::*;
use crate::pages::builder::choice::{TOPS, tests::metric};
use model::{
    board::Look,
    metric::{Filter, FilterValues, GroupBy, MAX_COURSE_STEPS, MetricQuery},
    time::{CalendarWord, Compare},
};
use proptest::prelude::*;

const DIMENSIONS: [&str; 6] = ["province", "genre", "channel", "isp", "platform", "app_version"];

/// One click in a menu; the number picks among what is offered.
#[derive(Debug, Clone)]
enum Click {
    Metric(usize),
    AddMetric(usize),
    AddBeside(usize),
    RemoveMetric(usize),
    Dimension(usize),
    Column(usize),
    Time(usize),
    Grain(usize),
    Filter(usize),
    Count(usize),
    Course(usize),
}

fn clicks() -> impl Strategy<Value = Vec<Click>> {
    let click = (0_usize..11, 0_usize..12).prop_map(|(which, number)| match which {
        0 => Click::Metric(number),
        1 => Click::AddMetric(number),
        2 => Click::RemoveMetric(number),
        3 => Click::Dimension(number),
        4 => Click::Column(number),
        5 => Click::Time(number),
        6 => Click::Grain(number),
        7 => Click::Filter(number),
        8 => Click::AddBeside(number),
        9 => Click::Course(number),
        _ => Click::Count(number),
    });
    prop::collection::vec(click, 1..30)
}

fn catalogues() -> impl Strategy<Value = CatalogueView> {
    let one = (
        prop::sample::subsequence(DIMENSIONS.to_vec(), 1..=6),
        prop::sample::subsequence(Grain::ALL.to_vec(), 1..=5),
        prop::sample::select(vec![vec![], vec!["mean", "p95"]]),
    );
    prop::collection::vec(one, 1..7).prop_map(|metrics| CatalogueView {
        metrics: (0..)
            .zip(metrics)
            .map(|(number, (dimensions, grains, stats))| {
                metric(&format!("test.m{number}"), &dimensions, &grains, &stats)
            })
            .collect(),
        dimensions: Vec::new(),
    })
}

fn pick<T: Clone>(offered: &[T], number: usize) -> Option<T> {
    offered.get(number % offered.len().max(1)).cloned()
}

/// What the menus do, each with what it offers.
fn click(choices: &mut Choices, kind: ComponentKind, catalogue: &CatalogueView, click: &Click) {
    let common = Common::of_choices(choices, catalogue);
    match click {
        Click::Metric(number) => {
            let drawn: Vec<&MetricInfo> = catalogue.metrics.iter().filter(|metric| draws(kind, metric)).collect();
            if let Some(metric) = pick(&drawn, *number) {
                choices.change_metric(kind, metric, catalogue);
            }
        }
        Click::AddMetric(number) if kind == ComponentKind::Table => {
            if let Some(metric) = pick(&offered_more(choices, catalogue), *number) {
                let stat = metric.stats.last().copied();
                choices.more_metrics.push(MetricRef { stat, ..MetricRef::plain(metric.id.clone()) });
            }
        }
        Click::AddBeside(number) if kind == ComponentKind::Table => {
            choices.more_metrics.extend(pick(&offered_beside(choices, catalogue), *number));
        }
        Click::RemoveMetric(number) if kind == ComponentKind::Table => {
            if let Some(metric) = pick(&choices.more_metrics, *number) {
                choices.more_metrics.retain(|other| *other != metric);
            }
        }
        Click::Dimension(number) => match dimension_need(kind) {
            DimensionNeed::One => choices.split_by(kind, pick(&common.dimensions, *number), &common),
            DimensionNeed::Optional => choices.split_by(kind, common.dimensions.get(*number).cloned(), &common),
            DimensionNeed::Two => {
                if number % 3 == 2 {
                    choices.put_dimension(1, None);
                } else {
                    choices.put_dimension(number % 2, pick(&common.dimensions, *number));
                }
            }
            DimensionNeed::None | DimensionNeed::Several | DimensionNeed::Province => {}
        },
        Click::Column(number) if dimension_need(kind) == DimensionNeed::Several => {
            if let Some(dimension) = pick(&common.dimensions, *number) {
                let is_on = choices.by.contains(&dimension);
                if is_on || may_have_more_axes(choices) {
                    choices.switch_column(&dimension, !is_on);
                }
            }
        }
        Click::Time(number) => {
            if let Some(range) = pick(&common.offered_ranges(kind), *number) {
                choices.change_time(kind, range, &common);
            }
        }
        Click::Grain(number) if grain_need(kind) != GrainNeed::None => {
            let none = (grain_need(kind) == GrainNeed::Optional).then_some(None);
            let offered = common.offered_grains(kind, choices).into_iter().map(Some);
            if let Some(grain) = pick(&none.into_iter().chain(offered).collect::<Vec<_>>(), *number) {
                choices.change_grain(kind, grain, &common);
            }
        }
        Click::Filter(number) => {
            let is_free =
                |dimension: &&DimensionId| choices.filters.iter().all(|filter| filter.dimension != **dimension);
            let free: Vec<DimensionId> = common.dimensions.iter().filter(is_free).cloned().collect();
            if let Some(dimension) = pick(&free, *number) {
                choices.filters.push(Filter { dimension, values: FilterValues::In(vec![Some("ZJ".to_owned())]) });
            }
        }
        Click::Count(number) => {
            choices.top = pick(&TOPS, *number).unwrap();
            choices.rows = pick(&offered_rows(choices), *number).unwrap();
        }
        Click::Course(number) if kind.shape() == Shape::Table => {
            let offered = std::iter::once(None).chain(common.offered_courses(choices).into_iter().map(Some));
            choices.course = pick(&offered.collect::<Vec<_>>(), *number).unwrap();
        }
        Click::AddMetric(_)
        | Click::RemoveMetric(_)
        | Click::AddBeside(_)
        | Click::Column(_)
        | Click::Grain(_)
        | Click::Course(_) => {}
    }
}

/// The rules by which the server answers a query.
fn check(query: &MetricQuery, catalogue: &CatalogueView) -> Result<(), TestCaseError> {
    prop_assert!((1..=MAX_METRICS).contains(&query.metrics.len()) && query.by.len() <= MAX_AXES);
    prop_assert!((1..=MAX_LIMIT).contains(&query.limit));
    for (index, metric) in query.metrics.iter().enumerate() {
        prop_assert!(query.metrics.iter().take(index).all(|other| other.column_name() != metric.column_name()));
        let info = catalogue.metric(&metric.id).unwrap();
        // What has one quantile has all of them.
        let is_quantile = |stat: &Stat| matches!(stat, Stat::Quantile(_));
        let has_quantiles = info.stats.iter().any(is_quantile);
        prop_assert!(metric.stat.is_none_or(|stat| info.stats.contains(&stat) || is_quantile(&stat) && has_quantiles));
        for by in &query.by {
            match by {
                GroupBy::Dimension(dimension) => prop_assert!(info.dimensions.contains(dimension), "{dimension}"),
                GroupBy::Time(grain) => prop_assert!(info.grains.contains(grain), "{}", grain.name()),
            }
        }
        for filter in &query.filters {
            prop_assert!(info.dimensions.contains(&filter.dimension), "{}", filter.dimension);
        }
    }
    if let Some(step) = query.course {
        prop_assert!(query.grain().is_none() && !query.by.is_empty() && query.top.is_none());
        prop_assert!(query.limit <= MAX_COURSE_ROWS && query.time.most_steps(step) <= MAX_COURSE_STEPS);
        let grains = query.metrics.iter().map(|metric| &catalogue.metric(&metric.id).unwrap().grains);
        prop_assert!(grains.into_iter().all(|grains| grains.contains(&step)), "{}", step.name());
    }
    let steps = query.grain().map_or(1, |grain| query.time.most_steps(grain));
    prop_assert!(steps <= MAX_STEPS, "{steps} steps");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_is_clicked_can_be_answered(
        catalogue in catalogues(),
        clicks in clicks(),
        kind in prop::sample::select(ComponentKind::ALL.to_vec()),
    ) {
        let Some(first) = catalogue.metrics.iter().find(|metric| draws(kind, metric)) else { return Ok(()) };
        let mut choices = Choices::usual(kind, first);
        for one in &clicks {
            click(&mut choices, kind, &catalogue, one);
            if let Some(query) = choices.content(kind, &Look::default()).query() {
                check(&query, &catalogue)?;
            }
        }
    }
}

#[test]
fn a_table_keeps_its_metrics_and_gives_up_what_one_of_them_lacks() {
    let plays = metric("content.plays", &["province", "genre"], &Grain::ALL, &[]);
    let orders = metric("order.count", &["province", "genre"], &[Grain::Day], &[]);
    let ratings = metric("tv.rating_pct", &["channel", "province"], &[Grain::Minute, Grain::Day], &[]);
    let catalogue = CatalogueView { metrics: vec![plays.clone(), orders, ratings.clone()], dimensions: Vec::new() };
    let mut choices = Choices::usual(ComponentKind::Table, &plays);
    choices.by = vec!["genre".parse().unwrap()];
    choices.grain = Some(Grain::Hour);
    let more: Vec<&str> = offered_more(&choices, &catalogue).iter().map(|metric| metric.id.as_str()).collect();
    assert_eq!(more, [""; 0], "nothing else has hours by genre");
    choices.grain = Some(Grain::Day);
    let added = offered_more(&choices, &catalogue).first().map(|metric| metric.id.clone()).unwrap();
    choices.more_metrics = vec![MetricRef::plain(added)];
    choices.change_metric(ComponentKind::Table, &ratings, &catalogue);
    assert_eq!(choices.by, ["province".parse().unwrap()], "not the channel, which orders do not have");
    assert_eq!((choices.grain, choices.more_metrics.len()), (Some(Grain::Day), 1));
}

#[test]
fn what_is_worked_out_stands_beside_the_numbers_once() {
    let plays = metric("content.plays", &["province"], &[Grain::Day], &[]);
    let catalogue = CatalogueView { metrics: vec![plays.clone()], dimensions: Vec::new() };
    let mut choices = Choices::usual(ComponentKind::Table, &plays);
    let names =
        |choices: &Choices| offered_beside(choices, &catalogue).iter().map(MetricRef::column_name).collect::<Vec<_>>();
    assert_eq!(names(&choices), ["content.plays~share", "content.plays~rank"], "nothing that goes along time");
    choices.more_metrics = offered_beside(&choices, &catalogue);
    assert!(names(&choices).is_empty(), "each of them once, and none of what was worked out already");
    choices.by.clear();
    let query = choices.content(ComponentKind::Table, &Look::default()).query().unwrap();
    assert_eq!(
        query.metrics,
        [choices.metric.clone()],
        "without parts neither can be shown: the number stands there once"
    );
}

#[test]
fn courses_are_offered_where_there_is_room_and_grow_with_the_range() {
    let plays = metric("content.plays", &["province", "genre"], &Grain::ALL, &[]);
    let common = Common::of([&plays]);
    let kind = ComponentKind::Table;
    let mut choices = Choices::usual(kind, &plays);
    choices.change_time(kind, "24h".parse().unwrap(), &common);
    assert_eq!(common.offered_courses(&choices), [Grain::Hour, Grain::Day, Grain::Week, Grain::Month]);
    choices.course = Some(Grain::Hour);
    assert_eq!(offered_rows(&choices), [20, 50, 100, 200], "no more than may have one");
    let kept = |choices: &Choices| choices.content(kind, &Look::default()).query().unwrap().course;
    assert_eq!(kept(&choices), Some(Grain::Hour));
    choices.change_time(kind, "90d".parse().unwrap(), &common);
    assert_eq!(choices.course, Some(Grain::Day), "2,160 hours have no room");
    choices.rows = 500;
    assert_eq!(common.offered_courses(&choices), []);
    choices.rows = 20;
    choices.change_grain(kind, Some(Grain::Day), &common);
    assert_eq!((choices.course, common.offered_courses(&choices)), (None, Vec::new()), "rows are steps now");
    choices.change_grain(kind, None, &common);
    choices.by.clear();
    assert_eq!(common.offered_courses(&choices), [], "there is nothing to tell rows by");
    choices.by.push("genre".parse().unwrap());
    choices.course = Some(Grain::Day);
    choices.fit(ComponentKind::Bar, &common);
    assert_eq!(choices.course, None, "bars have none");
}

#[test]
fn a_longer_range_makes_the_steps_longer() {
    let plays = metric("content.plays", &["province"], &[Grain::Minute, Grain::Hour, Grain::Day], &[]);
    let mut choices = Choices::usual(ComponentKind::Line, &plays);
    choices.grain = Some(Grain::Minute);
    choices.change_time(ComponentKind::Line, TimeRange::Word(CalendarWord::ThisMonth), &Common::of([&plays]));
    assert_eq!(choices.grain, Some(Grain::Hour));
}

/// A calculation that the component can't show as it is split now is not kept.
#[test]
fn a_calculation_lasts_as_long_as_it_means_something() {
    let plays = metric("content.plays", &["province", "genre"], &Grain::ALL, &[]);
    let common = Common::of([&plays]);
    let kept = |choices: &Choices, kind: ComponentKind| {
        Choices::of(&choices.content(kind, &Look::default())).and_then(|choices| choices.metric.calculation)
    };
    let mut curve = Choices::usual(ComponentKind::Line, &plays);
    curve.metric.calculation = Some(Calculation::Share);
    assert_eq!(kept(&curve, ComponentKind::Line), None, "there are no parts");
    curve.split_by(ComponentKind::Line, Some("genre".parse().unwrap()), &common);
    assert_eq!(kept(&curve, ComponentKind::Line), Some(Calculation::Share));
    let mut table = Choices::usual(ComponentKind::Table, &plays);
    for (calculation, expected) in [(Calculation::Rank, Some(Calculation::Rank)), (Calculation::Cumulative, None)] {
        table.metric.calculation = Some(calculation);
        assert_eq!(kept(&table, ComponentKind::Table), expected);
    }
    table.grain = Some(Grain::Day);
    assert_eq!(kept(&table, ComponentKind::Table), Some(Calculation::Cumulative));
    table.metric.calculation = Some(Calculation::Rank);
    assert_eq!(kept(&table, ComponentKind::Kpi), None);
    table.metric.calculation = Some(Calculation::RankChange);
    assert_eq!(kept(&table, ComponentKind::Table), None, "there is nothing to have changed since");
    table.compare = Some(Compare::Week);
    assert_eq!(kept(&table, ComponentKind::Table), Some(Calculation::RankChange));
    table.metric.calculation = Some(Calculation::Tgi);
    assert_eq!(kept(&table, ComponentKind::Table), None, "one split has no groups");
    table.by = vec!["province".parse().unwrap(), "genre".parse().unwrap()];
    assert_eq!(kept(&table, ComponentKind::Table), Some(Calculation::Tgi));
    curve.metric.calculation = Some(Calculation::Anomaly);
    assert_eq!(kept(&curve, ComponentKind::Line), Some(Calculation::Anomaly));
}
