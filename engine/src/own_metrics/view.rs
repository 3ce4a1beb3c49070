//! One own metric with its history and the boards that show it; and all of them in short.

use super::{OwnMetrics, loading::as_metric};
use crate::{
    access::Principal,
    postgres::{OrProblem as _, as_timestamp},
};
use model::{
    board::{Board, BoardId, BoardLink},
    metric::{
        MetricId,
        own::{Difference, OwnMetric, OwnMetricId, OwnMetricLine, OwnMetricView, VersionNote},
    },
    problem::Problem,
    time::Timestamp,
};
use sqlx::types::Json;

impl OwnMetrics {
    /// Every own metric that this person may know of, also those that are out of use.
    pub fn list(&self, who: &Principal) -> Vec<OwnMetricLine> {
        let line = |document: crate::metrics::OwnDocument| {
            let is_broken =
                who.scope().is_ok_and(|scope| !self.metrics().broken(scope, &document.metric.id).is_empty());
            OwnMetricLine {
                id: document.metric.id,
                name: document.metric.name,
                version: document.version,
                is_retired: document.is_retired,
                is_broken,
            }
        };
        self.shown(who).into_iter().map(line).collect()
    }

    /// One with all its versions. For editors: who else reads the page of a metric reads its definition.
    pub async fn view(&self, who: &Principal, id: &OwnMetricId) -> Result<OwnMetricView, Problem> {
        who.require_editor()?;
        let document = self.find(who, id)?;
        let mistakes = self.metrics().broken(who.scope()?, id);
        let (versions, retired_at) = self.versions(who, id).await?;
        let boards = self.boards_with(who, id).await?;
        Ok(OwnMetricView { metric: document.metric, version: document.version, retired_at, mistakes, versions, boards })
    }

    async fn versions(
        &self,
        who: &Principal,
        id: &OwnMetricId,
    ) -> Result<(Vec<VersionNote>, Option<Timestamp>), Problem> {
        let rows = sqlx::query!(
            r#"select v.version, v.document, v.note, v.at, u.name as author, m.retired_at
            from own_metric_version v
            join own_metric m on m.organisation_id = v.organisation_id and m.id = v.metric_id
            join app_user u on u.id = v.author_id
            where v.organisation_id = $1 and v.metric_id = $2
            order by v.version"#,
            who.organisation().0,
            id.as_str(),
        )
        .fetch_all(self.pool())
        .await
        .or_problem("read the versions of a metric")?;
        let retired_at = rows.first().and_then(|row| row.retired_at).map(as_timestamp);
        let mut versions = Vec::with_capacity(rows.len());
        let mut before: Option<OwnMetric> = None;
        for row in rows {
            let metric = as_metric(row.document).ok();
            let differences = match (&before, &metric) {
                (Some(before), Some(metric)) => Difference::between(before, metric),
                (None, _) | (_, None) => Vec::new(),
            };
            versions.push(VersionNote {
                version: u32::try_from(row.version).unwrap_or_default(),
                at: as_timestamp(row.at),
                by: row.author,
                note: row.note,
                differences,
            });
            before = metric;
        }
        versions.reverse();
        Ok((versions, retired_at))
    }

    /// The boards of the organisation whose draft or published version shows the metric, by title.
    pub(super) async fn boards_with(&self, who: &Principal, id: &OwnMetricId) -> Result<Vec<BoardLink>, Problem> {
        // The database picks those in which the name stands anywhere; whether it is a tile's metric is looked at here.
        let rows = sqlx::query!(
            r#"select b.id, b.document as "draft!: Json<Board>", v.document as "published?: Json<Board>"
            from board b
            left join board_version v on v.board_id = b.id and v.number = b.published_number
            where b.organisation_id = $1 and b.deleted_at is null
                and (strpos(b.document::text, $2) > 0 or strpos(v.document::text, $2) > 0)"#,
            who.organisation().0,
            format!("\"{id}\""),
        )
        .fetch_all(self.pool())
        .await
        .or_problem("look for boards with a metric")?;
        let shows = |board: &Board| board.tiles().iter().any(|tile| asks_for(tile, id.metric()));
        let mut boards: Vec<BoardLink> = rows
            .into_iter()
            .filter(|row| shows(&row.draft) || row.published.as_ref().is_some_and(|board| shows(board)))
            .map(|row| BoardLink { id: BoardId::new(row.id), title: row.draft.0.title().clone() })
            .collect();
        boards.sort_by(|one, other| one.title.as_str().cmp(other.title.as_str()));
        Ok(boards)
    }
}

fn asks_for(tile: &model::board::Tile, metric: &MetricId) -> bool {
    tile.content.query().is_some_and(|query| {
        let top = query.top.as_ref().map(|top| &top.by);
        query.metrics.iter().chain(top).any(|asked| asked.id == *metric)
    })
}
