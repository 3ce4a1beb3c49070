//! The province desk: who was given what, and changing it for many at once.

use super::{Access, Action, AuditEntry, Principal, UserId, record, rights};
use crate::postgres::{OrProblem as _, as_database_time, as_timestamp};
use model::{
    access::{Desk, DeskChange, Given, GrantCell, Grantee, PersonId, ScopeSummary},
    geo::Region,
    metric::Domain,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What rows of grants that were given together have in common.
type Together = (Timestamp, Option<String>, Option<Timestamp>);

impl Access {
    /// Everybody of the administrator's organisation with what they were given of its data.
    pub async fn desk(&self, who: &Principal) -> Result<Desk, Problem> {
        let attempting = "read the grants";
        let people = self.people(who).await?;
        let grants = sqlx::query!(
            r#"select g.user_id, g.domain, g.region, g.expires_at, g.granted_at, giver.name as "giver?"
            from grant_row g join app_user u on u.id = g.user_id left join app_user giver on giver.id = g.granted_by
            where u.organisation_id = $1 and g.organisation_id = $1 and (g.expires_at is null or g.expires_at > $2)"#,
            who.organisation().0,
            as_database_time(self.now()),
        )
        .fetch_all(self.pool())
        .await
        .or_problem(attempting)?;
        let mut given = BTreeMap::<i32, BTreeMap<Together, BTreeMap<Domain, BTreeSet<Region>>>>::new();
        for grant in grants {
            let together = (as_timestamp(grant.granted_at), grant.giver, grant.expires_at.map(as_timestamp));
            let of_person = given.entry(grant.user_id).or_default().entry(together).or_default();
            of_person.entry(rights::domain(&grant.domain)?).or_default().insert(rights::region(&grant.region)?);
        }
        let grantee = |person: model::access::Person| Grantee {
            given: given.remove(&person.id.0).map(in_products).unwrap_or_default(),
            id: person.id,
            name: person.name,
            email: person.email,
            role: person.role,
            state: person.state,
        };
        let people = people.into_iter().map(grantee).collect();
        let holds = who.scope().map_or_else(|_| ScopeSummary::default(), |scope| scope.held_of(who.organisation()));
        Ok(Desk { people, holds })
    }

    /// Gives and takes, all of it or nothing. Obeyed by the next call of everybody it concerns.
    ///
    /// Nobody gives what is not theirs, nor for longer than it is theirs: where the giver's own grant ends, so does what they
    /// passed on.
    pub async fn change_grants(&self, who: &Principal, change: DeskChange) -> Result<(), Problem> {
        who.require_administrator()?;
        let attempting = "change the grants";
        let now = self.now();
        check(who, &change, now)?;
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let concerned: Vec<i32> = of_people(&change).into_keys().map(|person| person.0).collect();
        let known = sqlx::query!(
            "select id, email from app_user where id = any($1) and organisation_id = $2 order by id for update",
            &concerned,
            who.organisation().0,
        )
        .fetch_all(&mut *transaction)
        .await
        .or_problem(attempting)?;
        if known.len() != concerned.len() {
            let detail = "somebody in this change is not in your organisation";
            return Err(Problem::new(ProblemCode::NotFound, detail).with("what", "person"));
        }
        let (people, domains, regions) = in_columns(&change.take);
        sqlx::query!(
            "delete from grant_row g
            using unnest($1::integer[], $2::text[], $3::text[]) as t (user_id, domain, region)
            where g.user_id = t.user_id and g.domain = t.domain and g.region = t.region and g.organisation_id = $4",
            &people,
            &domains,
            &regions,
            who.organisation().0,
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        let (people, domains, regions) = in_columns(&change.give);
        let given = sqlx::query!(
            "insert into grant_row (user_id, domain, organisation_id, region, granted_by, granted_at, expires_at)
            select t.user_id, t.domain, $4::integer, t.region, $5::integer, $6::timestamptz,
                least($7::timestamptz, own.expires_at)
            from unnest($1::integer[], $2::text[], $3::text[]) as t (user_id, domain, region)
                join grant_row own on own.user_id = $5 and own.organisation_id = $4 and own.domain = t.domain
                    and own.region = t.region and (own.expires_at is null or own.expires_at > $6)
            on conflict on constraint grant_row_once do update
            set granted_by = excluded.granted_by, granted_at = excluded.granted_at, expires_at = excluded.expires_at",
            &people,
            &domains,
            &regions,
            who.organisation().0,
            who.user().0,
            as_database_time(now),
            change.until.map(as_database_time),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        // What the giver held a moment ago may have been taken meanwhile.
        if given.rows_affected() != change.give.len() as u64 {
            return Err(gives_too_much());
        }
        let per_person = of_people(&change);
        for person in &known {
            let Some((give, take)) = per_person.get(&PersonId(person.id)) else { continue };
            let entry = AuditEntry {
                at: now,
                organisation: Some(who.organisation()),
                actor: Some(who.user()),
                action: Action::GrantsChanged,
                subject: &person.email,
                details: json!({ "give": give, "take": take, "until": change.until }),
            };
            record(&mut transaction, entry).await?;
        }
        transaction.commit().await.or_problem(attempting)?;
        for person in known {
            self.forget(UserId(person.id));
        }
        Ok(())
    }
}

fn check(who: &Principal, change: &DeskChange, now: Timestamp) -> Result<(), Problem> {
    let refusal =
        |field: &str, detail: String| Err(Problem::new(ProblemCode::MalformedRequest, detail).with("field", field));
    if change.cells() > DeskChange::MOST_CELLS {
        let most = DeskChange::MOST_CELLS;
        return refusal("give", format!("{} grants change at once: {most} at most", change.cells()));
    }
    if let Some(both) = change.give.intersection(&change.take).next() {
        return refusal("take", format!("{} of {} is given and taken at once", both.domain.name(), both.region.code()));
    }
    if change.until.is_some_and(|until| until <= now) {
        return refusal("until", "the end of a grant lies in the future".to_owned());
    }
    let holds = |cell: &GrantCell| {
        who.scope().is_ok_and(|scope| scope.pairs(cell.domain).contains(&(who.organisation(), cell.region)))
    };
    if change.give.iter().all(holds) { Ok(()) } else { Err(gives_too_much()) }
}

fn gives_too_much() -> Problem {
    Problem::new(ProblemCode::Forbidden, "a grant may only pass on what its giver holds").with("rule", "holds_less")
}

/// What each person is given and what is taken from them.
type PerPerson = BTreeMap<PersonId, (Vec<String>, Vec<String>)>;

fn of_people(change: &DeskChange) -> PerPerson {
    let told = |cell: &GrantCell| format!("{} {}", cell.domain.name(), cell.region.code());
    let mut people = PerPerson::new();
    for cell in &change.give {
        people.entry(cell.person).or_default().0.push(told(cell));
    }
    for cell in &change.take {
        people.entry(cell.person).or_default().1.push(told(cell));
    }
    people
}

fn in_columns(cells: &BTreeSet<GrantCell>) -> (Vec<i32>, Vec<String>, Vec<String>) {
    let people = cells.iter().map(|cell| cell.person.0).collect();
    let domains = cells.iter().map(|cell| cell.domain.name().to_owned()).collect();
    (people, domains, cells.iter().map(|cell| cell.region.code().to_owned()).collect())
}

/// Kinds of data that were given in the same regions at the same time stand together.
fn in_products(given: BTreeMap<Together, BTreeMap<Domain, BTreeSet<Region>>>) -> Vec<Given> {
    let mut products = Vec::new();
    for ((at, by, until), of_domains) in given {
        let mut by_regions = BTreeMap::<BTreeSet<Region>, BTreeSet<Domain>>::new();
        for (domain, regions) in of_domains {
            by_regions.entry(regions).or_default().insert(domain);
        }
        let product = |(regions, domains)| Given { domains, regions, until, by: by.clone(), at };
        products.extend(by_regions.into_iter().map(product));
    }
    products
}
