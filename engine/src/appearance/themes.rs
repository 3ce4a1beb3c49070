//! Own themes: kept, removed, brought back. For administrators.

use super::{
    Appearances,
    service::{no_such_theme, record_change},
};
use crate::{
    access::{Action, Principal},
    boards::new_uuid,
    postgres::{OrProblem as _, as_database_time},
};
use model::{
    appearance::{Fault, KeptTheme, MAX_THEMES, OwnTheme, Palette, ThemeId, check},
    problem::{Problem, ProblemCode},
};
use serde_json::json;
use sqlx::{PgConnection, types::Json};

/// The shape of documents as this program writes them.
const SCHEMA_VERSION: i16 = 1;

impl Appearances {
    /// Keeps a theme: a new one, or the next version of one whose version `before` its author saw. One whose text can't be
    /// read is refused, as is a change that somebody else made meanwhile.
    pub async fn keep_theme(
        &self,
        who: &Principal,
        before: Option<(ThemeId, i32)>,
        theme: OwnTheme,
    ) -> Result<KeptTheme, Problem> {
        let attempting = "keep a theme";
        who.require_administrator()?;
        check_readable(&theme)?;
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let (id, version) = match before {
            None => {
                check_room(&mut transaction, who).await?;
                let id = ThemeId(new_uuid(now));
                sqlx::query!(
                    "insert into own_theme (id, organisation_id, version, document, schema_version, changed_by, changed_at)
                    values ($1, $2, 1, $3, $4, $5, $6)",
                    id.0,
                    who.organisation().0,
                    Json(&theme) as _,
                    SCHEMA_VERSION,
                    who.user().0,
                    as_database_time(now),
                )
                .execute(&mut *transaction)
                .await
                .or_problem(attempting)?;
                (id, 1)
            }
            Some((id, version)) => {
                let changed = sqlx::query_scalar!(
                    "update own_theme set version = version + 1, document = $4, schema_version = $5, changed_by = $6,
                        changed_at = $7
                    where id = $1 and organisation_id = $2 and version = $3 and deleted_at is null
                    returning version",
                    id.0,
                    who.organisation().0,
                    version,
                    Json(&theme) as _,
                    SCHEMA_VERSION,
                    who.user().0,
                    as_database_time(now),
                )
                .fetch_optional(&mut *transaction)
                .await
                .or_problem(attempting)?;
                match changed {
                    Some(version) => (id, version),
                    None => return Err(self.why_not_changed(who, id).await),
                }
            }
        };
        let details = json!({ "name": theme.name, "version": version });
        record_change(&mut transaction, who, Action::ThemeKept, &id.to_string(), details, now).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget_what_was_shown();
        Ok(KeptTheme { id, version, theme })
    }

    /// Removes a theme: boards that chose it are painted as if they had not.
    pub async fn remove_theme(&self, who: &Principal, id: ThemeId) -> Result<(), Problem> {
        self.set_removed(who, id, true).await
    }

    /// Brings a removed theme back; boards that chose it are painted in it again.
    pub async fn bring_theme_back(&self, who: &Principal, id: ThemeId) -> Result<(), Problem> {
        self.set_removed(who, id, false).await
    }

    async fn set_removed(&self, who: &Principal, id: ThemeId, removed: bool) -> Result<(), Problem> {
        let attempting = "remove a theme";
        who.require_administrator()?;
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        if !removed {
            check_room(&mut transaction, who).await?;
        }
        let changed = sqlx::query!(
            "update own_theme set deleted_at = $4 where id = $1 and organisation_id = $2 and (deleted_at is null) = $3",
            id.0,
            who.organisation().0,
            removed,
            removed.then(|| as_database_time(now)),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        if changed.rows_affected() == 0 {
            return Err(no_such_theme(id));
        }
        let action = if removed { Action::ThemeRemoved } else { Action::ThemeBroughtBack };
        record_change(&mut transaction, who, action, &id.to_string(), json!({}), now).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget_what_was_shown();
        Ok(())
    }

    /// Another version stands there by now, or none.
    async fn why_not_changed(&self, who: &Principal, id: ThemeId) -> Problem {
        match self.theme(who, id).await {
            Ok(kept) => {
                let detail = format!(
                    "somebody has changed the theme meanwhile, to version {}: look at it and change it again",
                    kept.version
                );
                Problem::new(ProblemCode::EditConflict, detail).with("what", "theme").with("version", kept.version)
            }
            Err(problem) => problem,
        }
    }
}

/// A theme needs a name, and text that can be read.
fn check_readable(theme: &OwnTheme) -> Result<(), Problem> {
    if theme.name.is_empty() {
        return Err(Problem::new(ProblemCode::InvalidOperation, "a theme needs a name").with("field", "name"));
    }
    let palette = theme.palette(Palette::of(theme.base));
    let grave = check(&palette).into_iter().find_map(|finding| match finding.fault {
        Fault::Unreadable { on, contrast } => Some((finding.token, on, contrast)),
        Fault::Faint { .. } | Fault::Alike { .. } => None,
    });
    match grave {
        Some((token, on, contrast)) => {
            let detail = format!(
                "the colour “{}” can't be read on “{}”: its contrast is {contrast:.2}, and text needs 4.5",
                token.name(),
                on.name()
            );
            Err(Problem::new(ProblemCode::InvalidOperation, detail).with("field", token.name()))
        }
        None => Ok(()),
    }
}

async fn check_room(connection: &mut PgConnection, who: &Principal) -> Result<(), Problem> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from own_theme where organisation_id = $1 and deleted_at is null"#,
        who.organisation().0,
    )
    .fetch_one(connection)
    .await
    .or_problem("count the themes")?;
    if usize::try_from(count).is_ok_and(|count| count < MAX_THEMES) {
        return Ok(());
    }
    let detail = format!("an organisation keeps at most {MAX_THEMES} themes: remove one that is no longer needed");
    Err(Problem::new(ProblemCode::InvalidOperation, detail))
}
