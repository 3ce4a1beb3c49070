//! Templates that a department keeps.

use super::{Templates, service::no_such_template};
use crate::{
    access::{Action, Authorized, Edit, Principal, no_such_board},
    boards::{SCHEMA_VERSION, new_uuid, record_change},
    postgres::{OrProblem as _, as_database_time},
};
use model::{
    board::{Board, BoardId, TemplateBoard, TemplateId, TemplateName, TemplateSummary},
    problem::{Problem, ProblemCode},
    text::LocalText,
};
use serde_json::json;
use sqlx::types::Json;
use uuid::Uuid;

/// The most templates that an organisation keeps.
const MOST: i64 = 200;

/// A person's own words are the same in both languages.
fn said(text: &str) -> LocalText {
    LocalText { zh: text.to_owned(), en: text.to_owned() }
}

fn summary(id: Uuid, title: &str, about: &str, author: String, board: &Board) -> TemplateSummary {
    let words = [said(title), said(about), said("")];
    TemplateSummary { kept_by: Some(author), ..TemplateSummary::of(TemplateId::Own(id), words, board) }
}

impl Templates {
    pub(super) async fn own_of(&self, who: &Principal) -> Result<Vec<TemplateSummary>, Problem> {
        let rows = sqlx::query!(
            r#"select t.id, t.title, t.about, t.document as "document: Json<Board>", u.name as author
            from board_template t join app_user u on u.id = t.created_by
            where t.organisation_id = $1 and t.deleted_at is null
            order by t.created_at desc, t.id"#,
            who.organisation().0,
        )
        .fetch_all(self.pool())
        .await
        .or_problem("list the templates")?;
        let lines = rows.into_iter().map(|row| summary(row.id, &row.title, &row.about, row.author, &row.document));
        Ok(lines.collect())
    }

    pub(super) async fn read_own(&self, who: &Principal, id: Uuid) -> Result<TemplateBoard, Problem> {
        let row = sqlx::query!(
            r#"select t.title, t.about, t.document as "document: Json<Board>", u.name as author
            from board_template t join app_user u on u.id = t.created_by
            where t.id = $1 and t.organisation_id = $2 and t.deleted_at is null"#,
            id,
            who.organisation().0,
        )
        .fetch_optional(self.pool())
        .await
        .or_problem("read a template")?;
        let row = row.ok_or_else(|| no_such_template(&TemplateId::Own(id)))?;
        let board = row.document.0;
        Ok(TemplateBoard { summary: summary(id, &row.title, &row.about, row.author, &board), board })
    }

    /// Keeps the draft of a board as a template of its organisation.
    pub async fn keep(&self, board: &Authorized<BoardId, Edit>, name: &TemplateName) -> Result<TemplateId, Problem> {
        let attempting = "keep a template";
        if name.title.is_empty() {
            return Err(Problem::new(ProblemCode::InvalidOperation, "a template needs a name").with("field", "title"));
        }
        let (who, from, now) = (board.who(), board.thing(), self.now());
        let id = new_uuid(now);
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let count = sqlx::query_scalar!(
            r#"select count(*) as "count!" from board_template where organisation_id = $1 and deleted_at is null"#,
            who.organisation().0,
        )
        .fetch_one(&mut *transaction)
        .await
        .or_problem(attempting)?;
        if count >= MOST {
            let detail = format!("an organisation keeps at most {MOST} templates: remove one that is no longer needed");
            return Err(Problem::new(ProblemCode::InvalidOperation, detail));
        }
        let kept = sqlx::query!(
            "insert into board_template (id, organisation_id, title, about, document, schema_version, created_by, created_at)
            select $1, organisation_id, $3, $4, document, $5, $6, $7 from board where id = $2 and deleted_at is null",
            id,
            from.uuid(),
            name.title.as_str(),
            name.about.as_str(),
            SCHEMA_VERSION,
            who.user().0,
            as_database_time(now),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        if kept.rows_affected() == 0 {
            return Err(no_such_board(from));
        }
        let details = json!({"template": id});
        record_change(&mut transaction, who, from, Action::TemplateKept, details, now).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(TemplateId::Own(id))
    }

    /// Takes a template of the organisation out of sight. Boards that began with it stay as they are. For editors.
    pub async fn remove(&self, who: &Principal, id: &TemplateId) -> Result<(), Problem> {
        who.require_editor()?;
        let TemplateId::Own(own) = id else {
            let detail = "a template that is shipped can't be removed";
            return Err(Problem::new(ProblemCode::InvalidOperation, detail).with("template", id));
        };
        let removed = sqlx::query!(
            "update board_template set deleted_at = $3 where id = $1 and organisation_id = $2 and deleted_at is null",
            own,
            who.organisation().0,
            as_database_time(self.now()),
        )
        .execute(self.pool())
        .await
        .or_problem("remove a template")?;
        if removed.rows_affected() == 0 { Err(no_such_template(id)) } else { Ok(()) }
    }
}
