//! The boards somebody may open.

use super::Boards;
use crate::{
    access::Principal,
    postgres::{OrProblem as _, as_timestamp},
    sounds::sounds_of,
};
use model::{
    access::Role,
    board::{BoardId, BoardSummary, ComponentKind, TileId, Title},
    layout::DeskLayout,
    problem::Problem,
};
use sqlx::types::Json;
use std::collections::BTreeMap;

impl Boards {
    /// Viewers: the published boards of their organisation, as they were published; editors: all of them, as drafts.
    /// Newest edit first.
    pub async fn list(&self, who: &Principal) -> Result<Vec<BoardSummary>, Problem> {
        match who.role() {
            Role::Viewer => self.list_published(who).await,
            Role::Editor | Role::Admin => self.list_drafts(who).await,
        }
    }

    /// The published versions of the boards of their organisation, by number; those that were never published have none.
    pub async fn published_numbers(&self, who: &Principal) -> Result<BTreeMap<BoardId, i32>, Problem> {
        let rows = sqlx::query!(
            r#"select id, published_number as "published_number!" from board
            where organisation_id = $1 and published_number is not null and deleted_at is null"#,
            who.organisation().0,
        )
        .fetch_all(self.pool())
        .await
        .or_problem("list the boards")?;
        Ok(rows.into_iter().map(|row| (BoardId::new(row.id), row.published_number)).collect())
    }

    async fn list_drafts(&self, who: &Principal) -> Result<Vec<BoardSummary>, Problem> {
        let rows = sqlx::query!(
            r#"select b.id, b.document->'title' as "title!: Json<Title>", b.document->'desk' as "desk!: Json<DeskLayout>",
                jsonb_array_length(b.document->'tiles') as "tile_count!",
                (select jsonb_object_agg(tile->>'id', tile->'content'->'component')
                    from jsonb_array_elements(b.document->'tiles') tile) as "kinds: Json<BTreeMap<TileId, ComponentKind>>",
                u.name as edited_by, b.edited_at,
                v.published_at as "published_at?",
                b.published_draft_version is distinct from b.version as "has_unpublished_edits!",
                b.folder, f.user_id is not null as "is_favourite!", visit.visited_at as "visited_at?"
            from board b
            join app_user u on u.id = b.edited_by
            left join board_version v on v.board_id = b.id and v.number = b.published_number
            left join board_favourite f on f.board_id = b.id and f.user_id = $2
            left join board_visit visit on visit.board_id = b.id and visit.user_id = $2
            where b.organisation_id = $1 and b.deleted_at is null
            order by b.edited_at desc, b.id"#,
            who.organisation().0,
            who.user().0,
        )
        .fetch_all(self.pool())
        .await
        .or_problem("list the boards")?;
        Ok(rows
            .into_iter()
            .map(|row| BoardSummary {
                id: BoardId::new(row.id),
                title: row.title.0.clone(),
                tile_count: row.tile_count.unsigned_abs(),
                edited_by: row.edited_by,
                edited_at: as_timestamp(row.edited_at),
                published_at: row.published_at.map(as_timestamp),
                has_unpublished_edits: row.has_unpublished_edits,
                desk: row.desk.0,
                kinds: row.kinds.map(|kinds| kinds.0).unwrap_or_default(),
                folder: row.folder.and_then(|folder| Title::parse(&folder).ok()),
                is_favourite: row.is_favourite,
                visited_at: row.visited_at.map(as_timestamp),
                sounds: sounds_of(row.title.0.as_str()),
            })
            .collect())
    }

    async fn list_published(&self, who: &Principal) -> Result<Vec<BoardSummary>, Problem> {
        let rows = sqlx::query!(
            r#"select b.id, v.document->'title' as "title!: Json<Title>", v.document->'desk' as "desk!: Json<DeskLayout>",
                jsonb_array_length(v.document->'tiles') as "tile_count!",
                (select jsonb_object_agg(tile->>'id', tile->'content'->'component')
                    from jsonb_array_elements(v.document->'tiles') tile) as "kinds: Json<BTreeMap<TileId, ComponentKind>>",
                u.name as published_by, v.published_at,
                b.folder, f.user_id is not null as "is_favourite!", visit.visited_at as "visited_at?"
            from board b
            join board_version v on v.board_id = b.id and v.number = b.published_number
            join app_user u on u.id = v.published_by
            left join board_favourite f on f.board_id = b.id and f.user_id = $2
            left join board_visit visit on visit.board_id = b.id and visit.user_id = $2
            where b.organisation_id = $1 and b.deleted_at is null
            order by v.published_at desc, b.id"#,
            who.organisation().0,
            who.user().0,
        )
        .fetch_all(self.pool())
        .await
        .or_problem("list the boards")?;
        Ok(rows
            .into_iter()
            .map(|row| BoardSummary {
                id: BoardId::new(row.id),
                title: row.title.0.clone(),
                tile_count: row.tile_count.unsigned_abs(),
                // What happened to the draft since is none of a viewer's business.
                edited_by: row.published_by,
                edited_at: as_timestamp(row.published_at),
                published_at: Some(as_timestamp(row.published_at)),
                has_unpublished_edits: false,
                desk: row.desk.0,
                kinds: row.kinds.map(|kinds| kinds.0).unwrap_or_default(),
                folder: row.folder.and_then(|folder| Title::parse(&folder).ok()),
                is_favourite: row.is_favourite,
                visited_at: row.visited_at.map(as_timestamp),
                sounds: sounds_of(row.title.0.as_str()),
            })
            .collect())
    }
}
