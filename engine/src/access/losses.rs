//! What was dropped for good by somebody's order on the command line.

use super::{Access, Action, AuditEntry, HOME, record};
use crate::{collect::Loss, postgres::OrProblem as _};
use model::{problem::Problem, time::Day};
use serde_json::json;

impl Access {
    /// Writes down that days are about to be dropped; before they are, so that no loss goes untold.
    pub async fn note_loss_of_days(&self, asked_before: Day, loss: &Loss) -> Result<(), Problem> {
        let attempting = "write down what is dropped";
        let date = |day: Day| {
            let (year, month, day) = day.year_month_day();
            format!("{year:04}-{month:02}-{day:02}")
        };
        let entry = AuditEntry {
            at: self.now(),
            organisation: Some(HOME),
            actor: None,
            action: Action::DaysDropped,
            subject: &date(asked_before),
            details: json!({
                "events_before": loss.days.events_before.map(date),
                "facts_before": loss.days.facts_before.map(date),
                "events": loss.events,
                "facts": loss.facts,
            }),
        };
        let mut connection = self.pool().acquire().await.or_problem(attempting)?;
        record(&mut connection, entry).await
    }
}
