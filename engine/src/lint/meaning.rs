//! What the catalogue says of the tiles.

use super::{
    Finding, Rule,
    source::{Part, Source},
    tiles::SeenTile,
};
use crate::metrics::Catalogue;
use model::{
    board::{BoardFilter, FilterSubject, MAX_FILTERS, Still, TileContent},
    metric::own::OwnMetricId,
    problem::{Problem, ProblemCode},
    time::{Calendar, Timestamp},
};

pub(super) fn look_at(
    source: &Source<'_>,
    tiles: &[SeenTile<'_>],
    catalogue: &Catalogue,
    now: Timestamp,
    calendar: Calendar,
    findings: &mut Vec<Finding>,
) {
    for tile in tiles {
        let Some(content) = &tile.content else { continue };
        let Some(query) = content.query() else {
            if let Some(what) = empty(content) {
                let finding = source.at(&tile.part, Finding::warning(Rule::Binding, what));
                findings.push(finding.of_tile(tile.named.as_ref()));
            }
            continue;
        };
        let written = tile.binding.as_ref().unwrap_or(&tile.part);
        for problem in catalogue.problems_of(&query, now, calendar) {
            let told = match own_metric(&problem) {
                Some(id) => Finding::warning(
                    Rule::Catalogue,
                    format!(
                        "“{id}” is a metric that an organisation adds itself: whether this one has it is seen where the board is shown"
                    ),
                ),
                None => Finding::error(Rule::Catalogue, problem.detail.clone()),
            };
            let mut finding = source.at(written, told);
            if let Some(name) = name_in(&problem, written.text()) {
                finding.place = Some(source.place_of(name));
            }
            findings.push(finding.of_tile(tile.named.as_ref()));
        }
    }
}

/// The metric of an organisation's own that a problem does not know: a file is looked over without the organisation's
/// catalogue.
fn own_metric(problem: &Problem) -> Option<&str> {
    let id = problem.parameters.get("metric").filter(|_| problem.code == ProblemCode::UnknownMetric)?;
    id.parse::<OwnMetricId>().is_ok().then_some(id.as_str())
}

/// What readers may narrow the board by is there to narrow by.
pub(super) fn look_at_filters<'a>(
    source: &Source<'a>,
    root: &Part<'a>,
    tiles: &[SeenTile<'_>],
    catalogue: &Catalogue,
    findings: &mut Vec<Finding>,
) {
    let filters =
        root.members().and_then(|mut members| members.remove("board")?.members()?.remove("filters")?.entries());
    let mut subjects = Vec::new();
    for part in filters.unwrap_or_default().iter().take(MAX_FILTERS) {
        // What is none is told already.
        let Ok(filter) = source.read::<BoardFilter>(part, Rule::Form) else { continue };
        subjects.push(filter.subject());
        if let BoardFilter::Values { dim, .. } = filter
            && let Some(problem) = catalogue.problem_of_dimension(&dim)
        {
            findings.push(source.at(part, Finding::error(Rule::Catalogue, problem.detail)));
        }
    }
    findings.extend(tiles.iter().filter_map(|tile| sets_nothing(source, tile, &subjects)));
}

/// A tile for a filter that the board does not have.
fn sets_nothing(source: &Source<'_>, tile: &SeenTile<'_>, subjects: &[FilterSubject]) -> Option<Finding> {
    let Some(TileContent::Still(Still::Filter { about: Some(about), .. })) = &tile.content else { return None };
    if subjects.contains(about) {
        return None;
    }
    let what =
        format!("“{about}” is none of the board's filters: add it to “filters”, or readers can set nothing here");
    let at = tile.binding.as_ref().unwrap_or(&tile.part);
    Some(source.at(at, Finding::warning(Rule::Binding, what)).of_tile(tile.named.as_ref()))
}

/// A tile that shows nothing.
fn empty(content: &TileContent) -> Option<&'static str> {
    match content {
        TileContent::Scalar(_)
        | TileContent::Series(_)
        | TileContent::Category(_)
        | TileContent::Matrix(_)
        | TileContent::Pair(_)
        | TileContent::Points(_)
        | TileContent::Spread(_)
        | TileContent::Table(_)
        | TileContent::Geo(_)
        | TileContent::Sessions(_) => {
            Some("the tile is bound to nothing: give it a “binding”, or viewers see an empty tile")
        }
        TileContent::Tabs { pages } | TileContent::Carousel { pages, .. } => {
            pages.tiles().next().is_none().then_some("nothing stands in the container: viewers see an empty tile")
        }
        TileContent::Still(Still::Text { text }) => {
            text.trim().is_empty().then_some("the text is empty: viewers see an empty tile")
        }
        TileContent::Still(still) => still.is_empty().then_some("nothing is in the tile yet: viewers see an empty one"),
    }
}

/// Where the name that a problem is about is written.
fn name_in<'a>(problem: &Problem, written: &'a str) -> Option<&'a str> {
    let is_about_dimension = matches!(problem.code, ProblemCode::UnknownDimension | ProblemCode::DimensionNotOfMetric);
    let parameter = if is_about_dimension { "dimension" } else { "metric" };
    let name = problem.parameters.get(parameter)?;
    let start = written.find(&format!("\"{name}\""))?;
    written.get(start..)
}
