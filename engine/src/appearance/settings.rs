//! What is set: for administrators.

use super::{Appearances, service::record_change};
use crate::{
    access::{Action, Principal},
    postgres::{OrProblem as _, as_database_time},
};
use model::{
    appearance::{
        Appearance, AppearanceChange, AppearanceSettings, BaseTheme, HouseStyle, KeptTheme, Palette, ThemeChoice,
    },
    problem::Problem,
};
use serde_json::json;

impl Appearances {
    /// All that can be set, as it is now. For administrators.
    pub async fn settings(&self, who: &Principal) -> Result<AppearanceSettings, Problem> {
        who.require_administrator()?;
        let themes = self.themes(who).await?;
        let known = &who.account().appearance;
        // What is remembered of the principal may be of a moment ago; the themes are of now.
        let lines = themes.iter().map(KeptTheme::line).collect();
        let appearance = Appearance { themes: lines, ..known.clone() };
        let shipped = BaseTheme::ALL.into_iter().map(|base| (base, Palette::of(base).clone())).collect();
        Ok(AppearanceSettings { appearance, themes, shipped })
    }

    /// Sets what is no theme of its own. A theme of nobody is refused. For administrators.
    pub async fn set(&self, who: &Principal, change: &AppearanceChange) -> Result<(), Problem> {
        let attempting = "change how boards look";
        who.require_administrator()?;
        let AppearanceChange { house: HouseStyle { rising, map_approval }, theme } = change;
        match theme {
            Some(ThemeChoice::Own(id)) => {
                self.theme(who, *id).await?;
            }
            Some(ThemeChoice::Shipped(_)) | None => {}
        }
        let now = self.now();
        let chosen = theme.map(|theme| theme.to_string());
        let approval = map_approval.as_ref().map(ToString::to_string);
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        sqlx::query!(
            "insert into appearance (organisation_id, rising, map_approval, theme, changed_by, changed_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (organisation_id) do update set rising = excluded.rising,
                map_approval = excluded.map_approval, theme = excluded.theme, changed_by = excluded.changed_by,
                changed_at = excluded.changed_at",
            who.organisation().0,
            rising.name(),
            approval,
            chosen,
            who.user().0,
            as_database_time(now),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        let details = json!({ "rising": rising.name(), "map_approval": approval, "theme": chosen });
        record_change(&mut transaction, who, Action::AppearanceChanged, "appearance", details, now).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget_what_was_shown();
        Ok(())
    }
}
