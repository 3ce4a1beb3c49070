//! How the program starts, refuses to start, and stops.

use super::program::{Program, now_ms};
use serde_json::json;
use sqlx::{ConnectOptions, PgPool};
use std::{
    fs,
    net::TcpListener,
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    process::Output,
};

fn url_of(pool: &PgPool) -> String {
    pool.connect_options().to_url_lossy().to_string()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_occupied_port_is_told() {
    let program = Program::new(None);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = program.run(&["serve", "--listen", &address]);
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains(&address) && told(&output).contains("--listen"), "{}", told(&output));
}

#[test]
fn an_unwritable_data_folder_is_told() {
    let program = Program::new(None);
    // Also root can't make a folder inside a file.
    fs::write(program.data_dir(), "in the way").unwrap();
    let output = program.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(4), "{}", told(&output));
    assert!(told(&output).contains("--data-dir"), "{}", told(&output));
}

#[test]
fn a_missing_bundle_is_told() {
    let program = Program::new(None);
    let nowhere = program.path().join("nowhere");
    let output = program.run(&["serve", "--site-dir", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("cargo xtask build"), "{}", told(&output));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_wrong_database_password_is_told(pool: PgPool) {
    // Somebody the database does not know; a test cluster asks nobody it knows for a password.
    let url = url_of(&pool);
    let (_, place) = url.split_once('@').unwrap();
    let wrong = format!("postgres://nobody:hush@{place}");
    let program = Program::new(Some(wrong));
    let output = program.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(5), "{}", told(&output));
    assert!(told(&output).contains("nobody") && !told(&output).contains("hush"), "{}", told(&output));
}

/// The commands beside a running server go through it, and a clean stop ends with success.
#[sqlx::test(migrations = "../migrations")]
async fn commands_speak_to_a_running_server(pool: PgPool) {
    let program = Program::new(Some(url_of(&pool)));
    let running = program.serve();
    program.printed(&["user", "add", "anna@test.cn", "--role", "editor"]);
    program.printed(&["user", "grant", "anna@test.cn", "--domains", "content", "--regions", "ZJ"]);
    let people = program.printed(&["user", "list"]);
    assert!(people.contains("anna@test.cn  editor  anna@test.cn  content: ZJ"), "{people}");
    let token = program.printed(&["token", "create", "--user", "anna@test.cn"]);
    assert!(program.printed(&["doctor"]).contains("PostgreSQL answers"));

    let query = program.path().join("query.json");
    fs::write(&query, r#"{"metrics": ["content.plays"], "time": {"last": "24h"}}"#).unwrap();
    let query = query.to_str().unwrap();
    let ask = ["query", query, "--server", &running.address, "--token", &token, "--format", "csv"];
    assert_eq!(program.printed(&ask), "content.plays\n0");
    let wrong = program.run(&["query", query, "--server", &running.address, "--token", "wrong"]);
    assert_eq!(wrong.status.code(), Some(1), "{}", told(&wrong));

    let second = program.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(4), "one data folder, one server: {}", told(&second));
    running.terminate();
    // With no server the same command opens the stores itself.
    assert!(program.printed(&["user", "list"]).contains("anna@test.cn"));
}

/// A clean stop leaves nothing behind: no PostgreSQL, and nothing that the next start would have to make up for.
#[test]
fn a_clean_stop_closes_all_stores() {
    let program = Program::new(None);
    let running = program.serve();
    let write_key = program.printed(&["source", "create", "box"]);
    let event = json!({"event_id": "a", "ts_event": now_ms(), "user_id": "u", "event_name": "x"}).to_string();
    let events = ureq::post(format!("{}/api/v1/events", running.address));
    let answer = events.header("authorization", format!("Bearer {write_key}")).send(event).unwrap();
    assert_eq!(answer.status(), 200);
    assert!(program.postmaster_pid_file().exists());
    running.terminate();
    assert!(!program.postmaster_pid_file().exists(), "PostgreSQL still runs");
    let log = program.data_dir().join("event-store.duckdb.wal");
    assert_eq!(fs::metadata(log).map_or(0, |found| found.len()), 0, "the event store was not closed");
}

#[test]
fn a_start_that_fails_leaves_no_postgresql_behind() {
    let program = Program::new(None);
    fs::create_dir(program.data_dir()).unwrap();
    fs::write(program.data_dir().join("event-store.duckdb"), "no database").unwrap();
    let output = program.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(6), "{}", told(&output));
    assert!(!program.postmaster_pid_file().exists(), "PostgreSQL still runs");
}

#[test]
fn a_postgresql_that_outlived_its_server_is_found_also_in_a_container() {
    let mut program = Program::new(None);
    program.serve().kill();
    let left = fs::read_to_string(program.postmaster_pid_file()).unwrap();
    program.confine();
    let running = program.serve();
    assert_eq!(fs::read_to_string(program.postmaster_pid_file()).unwrap().lines().next(), left.lines().next());
    running.terminate();
    assert!(!program.postmaster_pid_file().exists(), "PostgreSQL still runs");
}

/// Whoever opens the control socket and says nothing keeps nobody from stopping the server.
#[test]
fn a_silent_connection_to_the_control_socket_does_not_keep_the_server_up() {
    let program = Program::new(None);
    let running = program.serve();
    let silent = UnixStream::connect(program.data_dir().join("control.sock")).unwrap();
    // Answered behind the silent one, which is therefore being listened to.
    program.printed(&["user", "list"]);
    running.terminate();
    drop(silent);
}

/// Whoever reads the event store's file has no scope, so nobody else on the machine may.
#[test]
fn other_accounts_can_not_read_the_data_folder() {
    let program = Program::new(None);
    let data = program.data_dir();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    // As an older version left it.
    fs::create_dir_all(data.join("ingest")).unwrap();
    for open in [data.clone(), data.join("ingest")] {
        fs::set_permissions(open, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let running = program.serve();
    assert_eq!(mode(&data), 0o711);
    let entries: Vec<PathBuf> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(entries.contains(&data.join("event-store.duckdb")), "{entries:?}");
    for entry in entries {
        assert_eq!(mode(&entry) & 0o077, 0, "{}", entry.display());
    }
    assert!(!data.join("postgres").is_symlink(), "PostgreSQL's account could not pass through");
    running.terminate();
}
