//! Reading a person's rights from the database.

use super::{Principal, Scope, UserId, principal::Rights};
use crate::postgres::{OrProblem as _, as_calendar, as_database_time, as_timestamp};
use model::{
    access::{Account, OrganisationId, Role, ScopeSummary},
    appearance::{Appearance, HouseStyle, MapApproval, RisingColour, ThemeChoice, ThemeId, ThemeLine},
    board::Title,
    geo::Region,
    metric::Domain,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use sqlx::PgPool;
use uuid::Uuid;

/// The rights of a person as they stand at this moment; `None` where there is no such person or they are disabled.
pub(super) async fn read(pool: &PgPool, user: UserId, now: Timestamp) -> Result<Option<Principal>, Problem> {
    let row = sqlx::query!(
        r#"select u.email, u.name, u.role, u.may_define_metrics, u.organisation_id, o.name as organisation_name,
            o.utc_offset_minutes, o.day_start_minute, a.rising as "rising?", a.map_approval, a.theme
        from app_user u join organisation o on o.id = u.organisation_id
            left join appearance a on a.organisation_id = o.id
        where u.id = $1 and u.disabled_at is null"#,
        user.0,
    )
    .fetch_optional(pool)
    .await
    .or_problem("read an account")?;
    let Some(row) = row else { return Ok(None) };
    let grants = sqlx::query!(
        "select domain, organisation_id, region, expires_at from grant_row
        where user_id = $1 and (expires_at is null or expires_at > $2)",
        user.0,
        as_database_time(now),
    )
    .fetch_all(pool)
    .await
    .or_problem("read the grants of an account")?;
    let scope_ends = grants.iter().filter_map(|grant| grant.expires_at).min().map(as_timestamp);
    let mut pairs = Vec::with_capacity(grants.len());
    for grant in grants {
        pairs.push((domain(&grant.domain)?, OrganisationId(grant.organisation_id), region(&grant.region)?));
    }
    let organisation = OrganisationId(row.organisation_id);
    let role = role(&row.role)?;
    let scope = Scope::of_grants(organisation, pairs).map(|scope| scope.with_sessions(role.may_see_sessions()));
    let appearance = Appearance {
        house: house_style(row.rising.as_deref(), row.map_approval.as_deref())?,
        theme: row.theme.as_deref().map(theme).transpose()?,
        themes: own_themes(pool, organisation).await?,
    };
    let account = Account {
        email: row.email,
        name: row.name,
        role,
        may_define_metrics: role.may_define_metrics(row.may_define_metrics),
        organisation: row.organisation_name,
        calendar: as_calendar(row.utc_offset_minutes, row.day_start_minute),
        scope: scope.as_ref().map_or_else(ScopeSummary::default, Scope::summary),
        appearance,
    };
    Ok(Some(Principal::new(Rights { user, organisation, account, scope, scope_ends })))
}

fn house_style(rising: Option<&str>, map_approval: Option<&str>) -> Result<HouseStyle, Problem> {
    let known = |text: &str| RisingColour::ALL.into_iter().find(|colour| colour.name() == text);
    let rising = match rising {
        Some(text) => known(text).ok_or_else(|| unknown("colour", text))?,
        None => RisingColour::default(),
    };
    let approval = |text: &str| MapApproval::parse(text).map_err(|_| unknown("map approval number", text));
    Ok(HouseStyle { rising, map_approval: map_approval.map(approval).transpose()? })
}

fn theme(text: &str) -> Result<ThemeChoice, Problem> {
    text.parse().map_err(|_| unknown("theme", text))
}

/// By name.
async fn own_themes(pool: &PgPool, organisation: OrganisationId) -> Result<Vec<ThemeLine>, Problem> {
    let rows = sqlx::query!(
        r#"select id, version, document ->> 'name' as "name!" from own_theme
        where organisation_id = $1 and deleted_at is null
        order by document ->> 'name', id"#,
        organisation.0,
    )
    .fetch_all(pool)
    .await
    .or_problem("read the themes of an organisation")?;
    let line = |(id, version, name): (Uuid, i32, String)| {
        let name = Title::parse(&name).map_err(|_| unknown("name of a theme", &name))?;
        Ok(ThemeLine { id: ThemeId(id), version, name })
    };
    rows.into_iter().map(|row| line((row.id, row.version, row.name))).collect()
}

/// A role as the database writes it.
pub(super) fn role(text: &str) -> Result<Role, Problem> {
    Role::ALL.into_iter().find(|role| role.name() == text).ok_or_else(|| unknown("role", text))
}

/// A domain as the database writes it.
pub(super) fn domain(text: &str) -> Result<Domain, Problem> {
    text.parse().map_err(|_| unknown("domain", text))
}

/// A region as the database writes it.
pub(super) fn region(text: &str) -> Result<Region, Problem> {
    text.parse().map_err(|_| unknown("region", text))
}

/// A row that a newer program or a hand wrote: refused rather than left out, since leaving out hides the mistake.
fn unknown(what: &str, text: &str) -> Problem {
    tracing::error!(what, text, "the database holds a word this program does not know");
    Problem::new(ProblemCode::Internal, format!("the database holds the {what} “{text}”, which is none"))
}
