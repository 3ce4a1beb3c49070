//! A private cluster, started, stopped, killed and found again.

#![allow(clippy::disallowed_methods)] // tests look into the tables past our code

use super::{Databases, PostgresError, PrivateCluster};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use sqlx::{Connection as _, PgConnection, PgPool, Row as _};
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A folder that the account of the cluster may pass through.
fn data_dir() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn pid_file(data_dir: &Path) -> PathBuf {
    data_dir.join("postgres/data/postmaster.pid")
}

fn postmaster(data_dir: &Path) -> i32 {
    fs::read_to_string(pid_file(data_dir)).unwrap().lines().next().unwrap().parse().unwrap()
}

async fn ask(url: &str, question: &'static str) -> String {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let answer = sqlx::query(question).fetch_one(&mut connection).await.unwrap().get(0);
    connection.close().await.unwrap();
    answer
}

#[tokio::test]
async fn a_cluster_lives_through_stops_and_crashes() {
    let folder = data_dir();
    let data_dir = folder.path();

    // Made, migrated, written to.
    let cluster = PrivateCluster::start(data_dir).await.unwrap();
    assert_eq!(ask(cluster.url(), "show listen_addresses").await, "");
    assert_eq!(ask(cluster.url(), "show server_encoding").await, "UTF8");
    assert_eq!(ask(cluster.url(), "show fsync").await, "on");
    let databases = Databases::open(cluster.url()).await.unwrap();
    databases.ready().await.unwrap();
    let written = "update organisation set name = '央视' where id = 1";
    sqlx::query(written).execute(&databases.application).await.unwrap();
    databases.close().await;
    let name = "select name from organisation";
    let first = postmaster(data_dir);

    // Left running by a program that was killed: adopted.
    drop(cluster);
    let cluster = PrivateCluster::start(data_dir).await.unwrap();
    assert_eq!(postmaster(data_dir), first);
    assert_eq!(ask(cluster.url(), name).await, "央视");

    // Killed itself: cleaned up after, and nothing lost.
    kill(Pid::from_raw(first), Signal::SIGKILL).unwrap();
    let cluster = PrivateCluster::start(data_dir).await.unwrap();
    assert_ne!(postmaster(data_dir), first);
    assert_eq!(ask(cluster.url(), name).await, "央视");

    // Stopped, and then a pid file that names a living process of somebody else.
    let url = cluster.url().to_owned();
    cluster.stop().await.unwrap();
    assert!(PgConnection::connect(&url).await.is_err());
    let stranger = std::process::id();
    let stale = format!("{stranger}\n{}\n0\n5432\n/tmp\n", data_dir.join("postgres/data").display());
    fs::write(pid_file(data_dir), stale).unwrap();
    let cluster = PrivateCluster::start(data_dir).await.unwrap();
    assert_ne!(postmaster(data_dir), i32::try_from(stranger).unwrap());
    assert_eq!(ask(cluster.url(), name).await, "央视");

    // Nobody else may enter.
    let mode = fs::metadata(data_dir.join("postgres")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
    refusals(&cluster, data_dir).await;
    cluster.stop().await.unwrap();
}

/// What the door says to those who don't get in.
async fn refusals(cluster: &PrivateCluster, data_dir: &Path) {
    let mut owner = PgConnection::connect(cluster.url()).await.unwrap();
    sqlx::query("create role guest login password 'right'").execute(&mut owner).await.unwrap();
    let rules = data_dir.join("postgres/data/pg_hba.conf");
    let own = fs::read_to_string(&rules).unwrap();
    fs::write(&rules, format!("local all guest scram-sha-256\n{own}")).unwrap();
    sqlx::query("select pg_reload_conf()").execute(&mut owner).await.unwrap();
    owner.close().await.unwrap();
    let url = cluster.url().replace("lingdong_owner@", "guest:wrong@");
    let error = loop {
        // The reload is not instant: until then the old rules refuse the guest for another reason.
        match Databases::open(&url).await.unwrap_err() {
            error if format!("{error:?}").contains("28P01") => break error,
            PostgresError::WrongPassword { .. } => tokio::task::yield_now().await,
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(error, PostgresError::WrongPassword { .. }));
    assert!(error.to_string().contains("`guest`") && !error.to_string().contains("wrong@"), "{error}");

    // The right password, but no right to make tables or roles.
    let url = cluster.url().replace("lingdong_owner@", "guest:right@");
    let error = Databases::open(&url).await.unwrap_err();
    assert!(matches!(error, PostgresError::Migration(_)), "{error:?}");

    let error = Databases::open(&cluster.url().replace("/lingdong?", "/absent?")).await.unwrap_err();
    assert!(matches!(&error, PostgresError::NoSuchDatabase { database, .. } if database == "absent"), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let error = Databases::open("postgres://somebody:secret@127.0.0.1:1/lingdong").await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("127.0.0.1:1") && !text.contains("secret"), "{text}");
    assert!(matches!(Databases::open("mysql://x").await.unwrap_err(), PostgresError::UnreadableUrl(_)));
}

#[tokio::test]
async fn a_folder_that_can_t_be_written_is_named() {
    let folder = data_dir();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = PrivateCluster::start(&file.join("data")).await.unwrap_err();
    assert!(matches!(&error, PostgresError::Unwritable { path, .. } if path.starts_with(&file)), "{error:?}");
    assert!(error.to_string().contains("--data-dir"));
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_database_of_a_newer_program_is_left_alone(owner: PgPool) {
    sqlx::query(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        values (9999, 'from the future', true, '', 0)",
    )
    .execute(&owner)
    .await
    .unwrap();
    let mut url = sqlx::ConnectOptions::to_url_lossy(owner.connect_options().as_ref());
    url.set_path(owner.connect_options().get_database().unwrap());
    let error = Databases::open(url.as_str()).await.unwrap_err();
    assert!(matches!(error, PostgresError::NewerDatabase { version: 9999 }), "{error:?}");
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn the_calendar_is_the_organisation_s(owner: PgPool) {
    let databases = Databases::of_migrated(owner.connect_options().as_ref().clone());
    assert_eq!(databases.calendar().await.unwrap(), model::time::Calendar::CHINA);
    let changed = sqlx::query("update organisation set utc_offset_minutes = 360, day_start_minute = 120");
    changed.execute(&owner).await.unwrap();
    let calendar = databases.calendar().await.unwrap();
    assert_eq!((calendar.offset_minutes, calendar.day_starts_at_minute), (360, 120));
    databases.close().await;
}
