//! What a board's filters offer.

use crate::{access::Scope, metrics::Metrics};
use model::{
    board::{Board, BoardFilter, FilterChoices, Reading},
    metric::{DimensionId, Filter, FilterValues},
    problem::{Problem, ProblemCode},
};

/// What the filters that stand on the board itself offer. One that can't be read now is left out: whoever opens it asks
/// again.
pub(super) async fn of_tiles(metrics: &Metrics, scope: &Scope, board: &Board, reading: &Reading) -> Vec<FilterChoices> {
    let asked = board.dimensions_of_filter_tiles().into_iter().map(|dim| async move {
        let values = of(metrics, scope, board, dim, reading, "").await.ok()?;
        Some(FilterChoices { dim: dim.clone(), values })
    });
    futures::future::join_all(asked).await.into_iter().flatten().collect()
}

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
        BoardFilter::Time { .. } | BoardFilter::Compare { .. } => false,
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
        BoardFilter::Values { .. } | BoardFilter::Time { .. } | BoardFilter::Compare { .. } => None,
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
