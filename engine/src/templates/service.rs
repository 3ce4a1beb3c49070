//! The door: which templates there are for somebody, and the board of one.

use super::shipped;
use crate::{access::Principal, clock::SharedClock, postgres::Databases};
use model::{
    board::{TemplateBoard, TemplateId, TemplateSummary},
    formatting::Locale,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use sqlx::PgPool;

/// All templates. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Templates {
    pool: PgPool,
    clock: SharedClock,
}

impl Templates {
    pub fn open(databases: &Databases, clock: SharedClock) -> Self {
        Self { pool: databases.application.clone(), clock }
    }

    /// Those of the organisation, the newest first, and those that are shipped. For editors.
    pub async fn list(&self, who: &Principal) -> Result<Vec<TemplateSummary>, Problem> {
        who.require_editor()?;
        let mut all = self.own_of(who).await?;
        // Names and descriptions are there in both languages; where tiles stand is the same in both.
        all.extend(shipped::all(Locale::ZhCn).iter().map(|template| template.summary.clone()));
        Ok(all)
    }

    /// One template with its board, in that language. For editors.
    pub async fn read(&self, who: &Principal, id: &TemplateId, locale: Locale) -> Result<TemplateBoard, Problem> {
        who.require_editor()?;
        match id {
            TemplateId::Own(own) => self.read_own(who, *own).await,
            TemplateId::Shipped(_) => {
                let found = shipped::all(locale).iter().find(|template| template.summary.id == *id);
                found.cloned().ok_or_else(|| no_such_template(id))
            }
        }
    }

    pub(super) const fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// The same words for what does not exist and for what is another organisation's.
pub(super) fn no_such_template(id: &TemplateId) -> Problem {
    Problem::new(ProblemCode::NotFound, format!("there is no template “{id}”")).with("template", id)
}
