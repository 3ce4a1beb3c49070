//! Sources and their write keys, in PostgreSQL.

use super::Source;
use crate::postgres::Databases;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{
    access::OrganisationId,
    geo::Province,
    problem::{Problem, ProblemCode},
};
use moka::future::Cache;
use rand::RngExt;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use std::time::Duration;

/// How long a source is believed without asking again: a new key works at once, a changed one soon.
const BELIEVED: Duration = Duration::from_secs(5);
/// A write key says what it is, so that it is recognised where it should not be.
const PREFIX: &str = "ldw_";

type KeyHash = [u8; 32];

#[derive(Clone)]
pub(super) struct Sources {
    pool: PgPool,
    known: Cache<KeyHash, Source>,
}

impl Sources {
    pub(super) fn new(databases: &Databases) -> Self {
        let known = Cache::builder().max_capacity(10_000).time_to_live(BELIEVED).build();
        Self { pool: databases.application.clone(), known }
    }

    pub(super) async fn of_write_key(&self, key: &str) -> Result<Source, Problem> {
        let hash = hash_of(key);
        if let Some(source) = self.known.get(&hash).await {
            return Ok(source);
        }
        let wrong = || Problem::new(ProblemCode::WrongWriteKey, "this write key belongs to no source");
        let source = find(&self.pool, &hash).await.map_err(|error| unavailable(&error))?.ok_or_else(wrong)?;
        self.known.insert(hash, source.clone()).await;
        Ok(source)
    }

    pub(super) async fn create(
        &self,
        name: &str,
        province: Option<Province>,
        simulated: bool,
    ) -> Result<String, Problem> {
        let mut secret = [0_u8; 32];
        rand::rng().fill(&mut secret);
        let key = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(secret));
        insert(&self.pool, name, province, simulated, &hash_of(&key)).await.map_err(|error| {
            let constraint = error.as_database_error().and_then(|error| error.constraint());
            match constraint {
                Some("source_name_once") => {
                    let detail = format!("there is a source named “{name}” already; choose another name");
                    Problem::new(ProblemCode::MalformedRequest, detail).with("name", name)
                }
                Some("source_name_filled") => {
                    Problem::new(ProblemCode::MalformedRequest, "a source needs a name of 1 to 200 characters")
                }
                Some(_) | None => unavailable(&error),
            }
        })?;
        Ok(key)
    }
}

fn hash_of(key: &str) -> KeyHash {
    Sha256::digest(key.as_bytes()).into()
}

fn unavailable(error: &sqlx::Error) -> Problem {
    tracing::error!(error = %error, "the sources cannot be read or written");
    Problem::new(ProblemCode::Unavailable, "the sources cannot be read or written; try again later")
}

async fn find(pool: &PgPool, hash: &KeyHash) -> Result<Option<Source>, sqlx::Error> {
    let row = sqlx::query!(
        "select id, organisation_id, name, province, simulated from source where write_key_hash = $1",
        &hash[..],
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Source {
        id: row.id,
        organisation: OrganisationId(row.organisation_id),
        name: row.name,
        province: row.province.and_then(|code| code.parse().ok()),
        simulated: row.simulated,
    }))
}

/// Into the organisation that exists by default.
async fn insert(
    pool: &PgPool,
    name: &str,
    province: Option<Province>,
    simulated: bool,
    hash: &KeyHash,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into source (organisation_id, name, province, simulated, write_key_hash)
         select min(id), $1, $2, $3, $4 from organisation",
        name,
        province.map(Province::code),
        simulated,
        &hash[..],
    )
    .execute(pool)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(pool: PgPool) -> Sources {
        Sources { pool, known: Cache::builder().build() }
    }

    #[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
    async fn a_write_key_finds_its_source(pool: PgPool) {
        let sources = sources(pool);
        let key = sources.create("boxes of Zhejiang", Some(Province::ZJ), false).await.unwrap();
        let other = sources.create("demo", None, true).await.unwrap();
        let found = sources.of_write_key(&key).await.unwrap();
        assert_eq!(
            (found.name.as_str(), found.province, found.simulated),
            ("boxes of Zhejiang", Some(Province::ZJ), false)
        );
        assert_eq!(found.organisation, OrganisationId(1));
        assert!(sources.of_write_key(&other).await.unwrap().simulated);
        for wrong in ["", "ldw_", &key[1..]] {
            assert_eq!(sources.of_write_key(wrong).await.unwrap_err().code, ProblemCode::WrongWriteKey, "{wrong}");
        }
    }

    #[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
    async fn a_name_is_given_once(pool: PgPool) {
        let sources = sources(pool);
        sources.create("web", None, false).await.unwrap();
        let again = sources.create("web", None, false).await.unwrap_err();
        assert_eq!((again.code, again.parameters["name"].as_str()), (ProblemCode::MalformedRequest, "web"));
        let empty = sources.create(" ", None, false).await.unwrap_err();
        assert_eq!(empty.code, ProblemCode::MalformedRequest);
    }
}
