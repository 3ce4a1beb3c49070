//! What a board's filters offer.

use crate::{access::Scope, metrics::Metrics};
use model::{
    board::{Board, BoardFilter, Reading},
    metric::{DimensionId, Filter, FilterValues},
    problem::{Problem, ProblemCode},
};

/// Values of a dimension that occur within the scope, on the metric of the first tile that knows the dimension, beside what
/// is chosen for other dimensions that this metric knows.
pub(super) async fn of(
    metrics: &Metrics,
    scope: &Scope,
    board: &Board,
    dimension: &DimensionId,
    reading: &Reading,
    search: &str,
) -> Result<Vec<String>, Problem> {
    let catalogue = &metrics.whole_catalogue(scope);
    let is_declared = board.filters().iter().any(|filter| match filter {
        BoardFilter::Values { dim, .. } => dim == dimension,
        BoardFilter::Time { .. } => false,
    });
    if !is_declared {
        let detail = format!("this board has no filter about “{dimension}”");
        return Err(Problem::new(ProblemCode::InvalidQuery, detail).with("dimension", dimension));
    }
    let knowing = board.tiles().iter().find(|tile| tile.content.knows(dimension, catalogue));
    let Some((tile, metric)) = knowing.and_then(|tile| Some((tile, tile.content.first_metric()?))) else {
        return Ok(Vec::new());
    };
    let others = board.filters().iter().filter_map(|filter| match filter {
        BoardFilter::Values { dim, .. } if dim != dimension => Some(dim),
        BoardFilter::Values { .. } | BoardFilter::Time { .. } => None,
    });
    let filters: Vec<Filter> = others
        .filter(|other| tile.content.knows(other, catalogue))
        .filter_map(|other| {
            let values = FilterValues::In(board.chosen(reading, other)?.to_vec());
            Some(Filter { dimension: other.clone(), values })
        })
        .collect();
    metrics.filter_values(scope, &metric.id, dimension, &filters, search).await
}
