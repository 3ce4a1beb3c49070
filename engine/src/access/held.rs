//! What people hold at one moment.

use super::{Scope, UserId, rights};
use crate::postgres::{OrProblem as _, as_database_time};
use model::{access::OrganisationId, geo::Region, metric::Domain, problem::Problem, time::Timestamp};
use sqlx::PgExecutor;
use std::collections::HashMap;

/// The scopes of many people.
#[derive(Debug)]
pub(super) struct HeldScopes(HashMap<UserId, Vec<(Domain, OrganisationId, Region)>>);

impl HeldScopes {
    /// Those of everybody.
    pub(super) async fn of_all(executor: impl PgExecutor<'_>, now: Timestamp) -> Result<Self, Problem> {
        Self::read(executor, None, None, now).await
    }

    /// Those of the people of an organisation.
    pub(super) async fn of_organisation(
        executor: impl PgExecutor<'_>,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        Self::read(executor, Some(organisation), None, now).await
    }

    /// That of one person, who belongs to that organisation; `None` where nothing is granted.
    pub(super) async fn of_person(
        executor: impl PgExecutor<'_>,
        user: UserId,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Result<Option<Scope>, Problem> {
        Ok(Self::read(executor, Some(organisation), Some(user), now).await?.take(user, organisation))
    }

    async fn read(
        executor: impl PgExecutor<'_>,
        organisation: Option<OrganisationId>,
        user: Option<UserId>,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let grants = sqlx::query!(
            "select g.user_id, g.domain, g.organisation_id, g.region
            from grant_row g join app_user u on u.id = g.user_id
            where ($1::integer is null or u.organisation_id = $1) and ($2::integer is null or u.id = $2)
                and (g.expires_at is null or g.expires_at > $3)",
            organisation.map(|organisation| organisation.0),
            user.map(|user| user.0),
            as_database_time(now),
        )
        .fetch_all(executor)
        .await
        .or_problem("read what people hold")?;
        let mut held = HashMap::<UserId, Vec<_>>::new();
        for grant in grants {
            let pair =
                (rights::domain(&grant.domain)?, OrganisationId(grant.organisation_id), rights::region(&grant.region)?);
            held.entry(UserId(grant.user_id)).or_default().push(pair);
        }
        Ok(Self(held))
    }

    /// The scope of a person of that organisation, `None` where nothing is granted; it is given away once.
    pub(super) fn take(&mut self, user: UserId, organisation: OrganisationId) -> Option<Scope> {
        Scope::of_grants(organisation, self.0.remove(&user).unwrap_or_default())
    }
}
