//! Grants: who may be shown what, and who may give that.

use super::{Access, Action, AuditEntry, HOME, Principal, Scope, UserId, people::no_such_user, record};
use crate::postgres::{OrProblem as _, as_database_time};
use model::{
    access::{EmailAddress, OrganisationId, Role},
    geo::Region,
    metric::Domain,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;

/// Kinds of data and regions to give somebody: every one of the first in every one of the second.
pub struct NewGrant {
    pub email: String,
    pub domains: Vec<Domain>,
    pub regions: Vec<Region>,
}

/// Who gives a grant.
#[derive(Debug, Clone, Copy)]
pub enum Giver<'a> {
    /// The command line on the machine itself: holds everything of the organisation.
    OrganisationRoot(OrganisationId),
    /// An administrator: holds what was granted to them.
    Administrator(&'a Principal),
}

impl Access {
    /// Gives a grant from the command line, until it is taken back.
    pub async fn grant(&self, grant: NewGrant) -> Result<(), Problem> {
        self.grant_by(Giver::OrganisationRoot(HOME), grant, None).await
    }

    /// Gives a grant, which replaces an equal one and its expiry. Obeyed by the next call of whoever got it.
    pub async fn grant_by(&self, giver: Giver<'_>, grant: NewGrant, expires: Option<Timestamp>) -> Result<(), Problem> {
        let attempting = "give a grant";
        let now = self.now();
        let email = EmailAddress::normal(&grant.email);
        let (organisation, granted_by) = match giver {
            Giver::OrganisationRoot(organisation) => (organisation, None),
            Giver::Administrator(principal) => (principal.organisation(), Some(principal.user())),
        };
        may_give(giver, &wanted(organisation, &grant)?)?;
        let domains: Vec<String> = grant.domains.iter().map(|domain| domain.name().to_owned()).collect();
        let regions: Vec<String> = grant.regions.iter().map(|region| region.code().to_owned()).collect();

        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let user = sqlx::query!(
            "select id from app_user where email = $1 and organisation_id = $2 and disabled_at is null",
            email,
            organisation.0,
        )
        .fetch_optional(&mut *transaction)
        .await
        .or_problem(attempting)?
        .ok_or_else(|| no_such_user(&email))?;
        sqlx::query!(
            "insert into grant_row (user_id, domain, organisation_id, region, granted_by, granted_at, expires_at)
            select distinct $1::integer, domain, $2::integer, region, $3::integer, $4::timestamptz, $5::timestamptz
            from unnest($6::text[]) as domain cross join unnest($7::text[]) as region
            on conflict on constraint grant_row_once do update
            set granted_by = excluded.granted_by, granted_at = excluded.granted_at, expires_at = excluded.expires_at",
            user.id,
            organisation.0,
            granted_by.map(|user| user.0),
            as_database_time(now),
            expires.map(as_database_time),
            &domains,
            &regions,
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        let entry = AuditEntry {
            at: now,
            organisation: Some(organisation),
            actor: granted_by,
            action: Action::Granted,
            subject: &email,
            details: json!({ "domains": domains, "regions": regions, "expires": expires }),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(UserId(user.id));
        Ok(())
    }
}

/// What the grant would give.
fn wanted(organisation: OrganisationId, grant: &NewGrant) -> Result<Scope, Problem> {
    let pairs = grant
        .domains
        .iter()
        .flat_map(|domain| grant.regions.iter().map(move |region| (*domain, organisation, *region)));
    Scope::of_grants(organisation, pairs).ok_or_else(|| {
        Problem::new(ProblemCode::MalformedRequest, "a grant names at least one domain and one region")
            .with("field", "domains")
    })
}

/// The one place that says who may give what: administrators, and no more than they hold themselves.
fn may_give(giver: Giver<'_>, wanted: &Scope) -> Result<(), Problem> {
    let refusal = |detail: &str| Err(Problem::new(ProblemCode::Forbidden, detail));
    match giver {
        Giver::OrganisationRoot(organisation) => {
            let everything = Domain::ALL
                .into_iter()
                .flat_map(|domain| Region::all().map(move |region| (domain, organisation, region)));
            match Scope::of_grants(organisation, everything) {
                Some(held) if held.covers(wanted) => Ok(()),
                Some(_) | None => refusal("the grant reaches outside the organisation"),
            }
        }
        Giver::Administrator(principal) => match principal.role() {
            Role::Viewer | Role::Editor => refusal("only administrators give grants"),
            Role::Admin if principal.scope()?.covers(wanted) => Ok(()),
            Role::Admin => refusal("a grant may only pass on what its giver holds"),
        },
    }
}
