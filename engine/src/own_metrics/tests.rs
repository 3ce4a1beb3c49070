//! Own metrics over a real database: versions, rights, organisations, and the catalogue that follows.

#![allow(clippy::disallowed_methods)] // tests look into the tables past our code

use super::{FileForm, NewVersion, OwnMetrics};
use crate::{
    access::{
        Principal,
        tests::world::{World, within_reason},
    },
    events::EventStore,
    metrics::Metrics,
};
use model::{
    access::Role,
    geo::{Province, Region},
    metric::{
        Domain,
        own::{Imported, ImportedAs, OwnMetric, OwnMetricId, Saved},
    },
    problem::ProblemCode,
    time::Calendar,
};
use sqlx::PgPool;
use tempfile::TempDir;

const ZJ: [Region; 1] = [Region::Province(Province::ZJ)];

struct Desk {
    world: World,
    metrics: Metrics,
    own: OwnMetrics,
    li: Principal,
    _folder: TempDir,
}

impl Desk {
    async fn of(owner: PgPool) -> Self {
        let world = World::of(owner).await;
        let folder = tempfile::tempdir().unwrap();
        let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
        let metrics =
            Metrics::open(store.into(), Calendar::CHINA, crate::facts::CleaningRules::default(), world.clock.clone())
                .unwrap();
        let own = OwnMetrics::open(&world.databases, metrics.clone(), world.clock.clone()).await.unwrap();
        let li = definer(&world, "li@example.com", &[Domain::Content, Domain::Orders]).await;
        Self { world, metrics, own, li, _folder: folder }
    }

    fn knows(&self, who: &Principal, id: &str) -> bool {
        self.metrics.catalogue(who).metrics.iter().any(|metric| metric.id.as_str() == id)
    }
}

async fn editor(world: &World, email: &str, domains: &[Domain]) -> Principal {
    world.add(email, Role::Editor).await;
    world.grant(email, domains, &ZJ).await;
    let session = world.sign_in(email).await;
    world.access.principal_of_session(&session).await.unwrap()
}

async fn definer(world: &World, email: &str, domains: &[Domain]) -> Principal {
    editor(world, email, domains).await;
    world.access.let_define_metrics(email, true).await.unwrap();
    let session = world.sign_in(email).await;
    world.access.principal_of_session(&session).await.unwrap()
}

fn metric(name: &str, value: &str) -> OwnMetric {
    serde_json::from_str(&format!(
        r#"{{"id":"own.{name}","owner":"ops","source":"us","name":{{"zh":"甲","en":"A"}},
        "definition":{{"zh":"…","en":"…"}},"value":{value}}}"#
    ))
    .unwrap()
}

fn id(name: &str) -> OwnMetricId {
    format!("own.{name}").parse().unwrap()
}

fn new(metric: OwnMetric) -> NewVersion {
    NewVersion { metric, base: None, note: String::new() }
}

const PER_USER: &str = r#"{"ratio":{"of":{"metric":"content.plays"},"to":{"metric":"content.play_users"}}}"#;
const PAID: &str = r#"{"measure":"paid_orders"}"#;

#[sqlx::test(migrations = "../migrations")]
async fn every_version_is_kept_and_the_newest_counts(owner: PgPool) {
    let desk = Desk::of(owner).await;
    let Desk { own, li, .. } = &desk;
    let kept = own.keep(li, new(metric("per_user", PER_USER))).await.unwrap();
    assert_eq!(kept, Saved::Kept { id: id("per_user"), version: 1 });
    assert!(desk.knows(li, "own.per_user"), "it is there for the very next question");
    // The same once more is no version.
    let again = NewVersion { base: Some(1), ..new(metric("per_user", PER_USER)) };
    assert_eq!(own.keep(li, again).await.unwrap(), Saved::Kept { id: id("per_user"), version: 1 });
    let scaled = PER_USER.replace("\"of\"", "\"scale\":100,\"of\"");
    let second = NewVersion { metric: metric("per_user", &scaled), base: Some(1), note: "in percent".to_owned() };
    assert_eq!(own.keep(li, second.clone()).await.unwrap(), Saved::Kept { id: id("per_user"), version: 2 });
    assert_eq!(own.keep(li, second).await.unwrap_err().code, ProblemCode::MetricChanged);
    let view = own.view(li, &id("per_user")).await.unwrap();
    let told: Vec<_> = view.versions.iter().map(|it| (it.version, it.note.as_str(), it.differences.len())).collect();
    assert_eq!(told, [(2, "in percent", 1), (1, "", 0)]);
    let taken = own.keep(li, new(metric("per_user", PAID))).await.unwrap();
    assert!(matches!(taken, Saved::Refused { mistakes } if mistakes[0].field == "id"));
    desk.world.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn only_definers_change_and_whoever_lacks_a_grant_finds_nothing(owner: PgPool) {
    let desk = Desk::of(owner).await;
    let Desk { world, own, li, .. } = &desk;
    own.keep(li, new(metric("paid", PAID))).await.unwrap();
    let editor = editor(world, "wang@example.com", &[Domain::Content, Domain::Orders]).await;
    for name in ["paid", "nothing"] {
        let refused = own.retire(&editor, &id(name)).await.unwrap_err();
        assert_eq!((refused.code, refused.detail.contains(name)), (ProblemCode::Forbidden, false));
    }
    assert_eq!(own.keep(&editor, new(metric("more", PAID))).await.unwrap_err().code, ProblemCode::Forbidden);
    assert!(own.view(&editor, &id("paid")).await.is_ok(), "what it means is no secret to an editor with the grant");
    // No grant of orders: the same words as for one that does not exist.
    let other = definer(world, "zhao@example.com", &[Domain::Content]).await;
    let told = |name: &str, detail: String| detail.replace(name, "…");
    let hidden = own.view(&other, &id("paid")).await.unwrap_err();
    let absent = own.view(&other, &id("nothing")).await.unwrap_err();
    assert_eq!(told("own.paid", hidden.detail), told("own.nothing", absent.detail));
    assert_eq!((hidden.code, own.list(&other)), (ProblemCode::NotFound, vec![]));
    assert_eq!(own.retire(&other, &id("paid")).await.unwrap_err().code, ProblemCode::NotFound);
    assert!(!desk.knows(&other, "own.paid"));
    let composed = own.keep(&other, new(metric("of_paid", r#"{"metric":"own.paid"}"#))).await.unwrap();
    let Saved::Refused { mistakes } = composed else { panic!("{composed:?}") };
    assert_eq!(mistakes[0].to_string(), "value: there is no metric “own.paid”");
    desk.world.close().await;
}

/// Written by another process, as far as this one can tell; and for another organisation.
#[sqlx::test(migrations = "../migrations")]
async fn another_process_is_followed_and_another_organisation_never_seen(owner: PgPool) {
    let desk = Desk::of(owner.clone()).await;
    let Desk { own, li, metrics, .. } = &desk;
    own.keep(li, new(metric("paid", PAID))).await.unwrap();
    let edition = metrics.edition(li.scope().unwrap());
    // At once, as a process of ours writes: a metric without its version is never told of.
    let mut other = owner.begin().await.unwrap();
    sqlx::query("insert into organisation (id, name) values (2, 'other')").execute(&mut *other).await.unwrap();
    for statement in [
        "insert into own_metric (organisation_id, id, version) values (2, 'own.theirs', 1)",
        "insert into own_metric_version (organisation_id, metric_id, version, document, schema_version, author_id, at)
            select 2, 'own.theirs', 1, jsonb_set(document, '{id}', '\"own.theirs\"'), 1, author_id, at from own_metric_version",
        "update own_metric set retired_at = now() where organisation_id = 1",
    ] {
        sqlx::query(statement).execute(&mut *other).await.unwrap();
    }
    other.commit().await.unwrap();
    within_reason(async {
        while metrics.edition(li.scope().unwrap()) == edition {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(!desk.knows(li, "own.paid") && !desk.knows(li, "own.theirs"));
    assert_eq!(own.view(li, &id("theirs")).await.unwrap_err().code, ProblemCode::NotFound);
    assert_eq!(own.list(li).len(), 1);
    let theirs = li.scope().unwrap().held_by(model::access::OrganisationId(2));
    within_reason(async {
        while metrics.whole_catalogue(&theirs).metric(&"own.theirs".parse().unwrap()).is_none() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    desk.world.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_metric_that_others_are_made_of_stays_in_use(owner: PgPool) {
    let desk = Desk::of(owner).await;
    let Desk { own, li, .. } = &desk;
    own.keep(li, new(metric("paid", PAID))).await.unwrap();
    own.keep(li, new(metric("halved", r#"{"divided":{"by":2,"of":{"metric":"own.paid"}}}"#))).await.unwrap();
    let refused = own.retire(li, &id("paid")).await.unwrap_err();
    assert_eq!((refused.code, &*refused.parameters["metrics"]), (ProblemCode::MetricInUse, "own.halved"));
    own.retire(li, &id("halved")).await.unwrap();
    own.retire(li, &id("paid")).await.unwrap();
    assert!(!desk.knows(li, "own.paid"));
    own.bring_back(li, &id("paid")).await.unwrap();
    assert!(desk.knows(li, "own.paid"));
    desk.world.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_taken_over_as_a_whole_or_not_at_all(owner: PgPool) {
    let desk = Desk::of(owner).await;
    let Desk { own, li, .. } = &desk;
    own.keep(li, new(metric("paid", PAID))).await.unwrap();
    let exported = own.export(li, None, FileForm::Toml).unwrap();
    let more = exported.replace("own.paid", "own.more");
    let half_wrong = format!("{exported}\n{}", more.replace("paid_orders", "paid_ordres"));
    let Imported::Refused { mistakes } = own.import(li, &half_wrong).await.unwrap() else {
        panic!("it was taken over")
    };
    assert_eq!((mistakes.len(), mistakes[0].metric.as_deref()), (1, Some("own.more")));
    assert!(mistakes[0].line.is_some() && !desk.knows(li, "own.more"));
    let Imported::Done { metrics } = own.import(li, &format!("{exported}\n{more}")).await.unwrap() else {
        panic!("it was refused")
    };
    let told: Vec<_> = metrics.iter().map(|line| (line.id.name(), line.imported)).collect();
    assert_eq!(told, [("paid", ImportedAs::Unchanged), ("more", ImportedAs::New)]);
    assert!(desk.knows(li, "own.more"));
    desk.world.close().await;
}
