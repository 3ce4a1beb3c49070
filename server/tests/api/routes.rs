//! Every route and six people: who gets what. A route that is not told here how to be asked fails the test, and the
//! table itself is a snapshot that a reviewer reads.

use super::world::{PASSWORD, Person, World, plays_per_user, plays_query, provinces_seen};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use futures::StreamExt;
use model::{access::Invited, appearance::ThemeId, board::BoardId};
use serde_json::{Value, json};
use server::http::{RouteEntry, route_table};
use sqlx::PgPool;
use std::{collections::BTreeSet, fmt::Write, time::Duration};
use tower::ServiceExt;

/// What to send to a route; fresh boards for everybody, since some routes take them away.
fn request_body(route: &RouteEntry, board: BoardId, theme: ThemeId, newcomer: &Invited) -> Body {
    let person = newcomer.person;
    let json = |value: Value| Body::from(value.to_string());
    match (route.method.as_str(), route.path.as_str()) {
        ("GET" | "OPTIONS", _)
        | ("POST", "/api/v1/own-metrics/{metric}/retire" | "/api/v1/own-metrics/{metric}/bring-back") => Body::empty(),
        ("POST", "/api/v1/query") => json(plays_query()),
        ("POST", path) if path == "/api/v1/events" || path.starts_with("/v1/") => json(json!({})),
        ("POST", "/fn/sign_in") => Body::from("email=nobody%40test.cn&password=wrong+horse+battery&next="),
        (
            "POST",
            "/fn/sign_out"
            | "/fn/current_account"
            | "/fn/list_boards"
            | "/fn/catalogue"
            | "/fn/list_own_metrics"
            | "/fn/open_appearance"
            | "/fn/list_templates"
            | "/fn/list_people"
            | "/fn/open_desk"
            | "/fn/list_own_sessions",
        ) => json(json!({})),
        ("POST", "/fn/create_board") => json(json!({"title": "New"})),
        (
            "POST",
            "/fn/open_board" | "/fn/open_draft" | "/fn/publish_board" | "/fn/delete_board" | "/fn/board_history"
            | "/fn/list_versions" | "/fn/schedule_board",
        ) => json(json!({"board": board})),
        ("POST", "/fn/name_version") => json(json!({"board": board, "version": 0, "name": "First"})),
        ("POST", "/fn/restore_board" | "/fn/revert_change") => {
            json(json!({"board": board, "version": 0, "id": "00000000-0000-7000-8000-0000000000ac"}))
        }
        ("POST", "/fn/save_appearance") => json(json!({"change": {
            "house": {"rising": "red", "map_approval": "GS(2024)0650号"}, "theme": "dark",
        }})),
        ("POST", "/fn/save_theme") => json(json!({"before": null, "theme": {
            "name": "Ours", "base": "light", "colours": {"accent": "#0b5c8a"},
        }})),
        ("POST", "/fn/remove_theme") => json(json!({"theme": theme})),
        ("POST", "/fn/restore_theme") => json(json!({"theme": "00000000-0000-7000-8000-0000000000af"})),
        ("POST", "/fn/invite_person") => json(json!({"person": {
            "email": format!("{}@test.cn", uuid::Uuid::now_v7()), "name": "New", "role": "viewer",
        }})),
        ("POST", "/fn/change_person") => json(json!({"person": person, "change": {
            "name": "Newcomer", "role": "viewer", "may_define_metrics": false,
        }})),
        ("POST", "/fn/disable_person" | "/fn/enable_person" | "/fn/invite_person_again" | "/fn/sign_person_out") => {
            json(json!({"person": person}))
        }
        ("POST", "/fn/change_grants") => json(json!({"change": {
            "give": [{"person": person, "domain": "audience", "region": "ZJ"}], "take": [], "until": null,
        }})),
        ("POST", "/fn/end_own_session") => json(json!({"session": 1_000_000})),
        // The same once more: the others sign in with it.
        ("POST", "/fn/change_own_password") => json(json!({"current": PASSWORD, "chosen": PASSWORD})),
        ("POST", "/fn/open_invitation") => json(json!({"token": newcomer.token})),
        ("POST", "/fn/accept_invitation") => {
            Body::from(format!("token={}&password=seven+blue+umbrellas", newcomer.token))
        }
        ("POST", "/fn/open_template") => json(json!({"template": "rating", "locale": "zh-CN"})),
        ("POST", "/fn/begin_with_template") => json(json!({"template": "rating", "title": "", "locale": "zh-CN"})),
        ("POST", "/fn/keep_template") => json(json!({"board": board, "name": {"title": "Ours", "about": ""}})),
        ("POST", "/fn/remove_template") => json(json!({"template": "00000000-0000-7000-8000-0000000000ae"})),
        ("POST", "/fn/mark_favourite") => json(json!({"board": board, "is_favourite": true})),
        ("POST", "/fn/move_to_folder") => json(json!({"board": board, "folder": "Daily"})),
        ("POST", "/fn/show_selection") => {
            json(json!({"board": board, "tab": "00000000-0000-7000-8000-0000000000ad", "tiles": []}))
        }
        ("POST", "/fn/roll_back") => json(json!({"board": board, "number": 1})),
        ("POST", "/fn/undo_board" | "/fn/redo_board") => {
            json(json!({"board": board, "id": "00000000-0000-7000-8000-0000000000ab"}))
        }
        ("POST", "/fn/edit_board") => json(json!({"board": board, "edit": {
            "id": "00000000-0000-7000-8000-0000000000aa", "base_version": 0,
            "operation": {"op": "rename_board", "title": "Renamed"},
        }})),
        ("POST", "/fn/filter_choices") => {
            json(json!({"board": board, "dimension": "province", "reading": {}, "search": ""}))
        }
        ("POST", "/fn/open_metric") => json(json!({"metric": "content.plays"})),
        ("POST", "/fn/open_composer") => json(json!({"metric": "own.plays_per_user"})),
        ("POST", "/fn/check_metric") => json(json!({"metric": plays_per_user(), "is_new": false})),
        ("POST", "/fn/save_metric") => json(json!({"metric": plays_per_user(), "base": 1, "note": ""})),
        ("POST", "/fn/retire_metric") => json(json!({"metric": "own.plays_per_user", "is_retired": true})),
        ("POST", "/fn/import_metrics") => json(json!({"text": json!({"metric": [plays_per_user()]}).to_string()})),
        ("POST", "/api/v1/own-metrics/import") => json(json!({"metric": [plays_per_user()]})),
        ("PUT", "/api/v1/own-metrics/{metric}") => json(json!({"metric": plays_per_user(), "base": 1})),
        ("POST", "/fn/preview") => json(json!({"queries": [plays_query()]})),
        ("POST", "/fn/explain") => json(json!({"queries": [plays_query()], "wanted": 0})),
        ("POST", "/fn/filter_values") => json(json!({"metric": "content.plays", "dimension": "content", "search": ""})),
        (method, path) => panic!("{method} {path} is not in this table: say how it is asked, and review who gets what"),
    }
}

/// The pages of the settings are one route: each is asked for.
fn each_page(route: &RouteEntry) -> Vec<RouteEntry> {
    let pages = if route.path.contains("{page}") { &["account", "people", "grants", "appearance"][..] } else { &[""] };
    pages.iter().map(|page| RouteEntry { path: route.path.replace("{page}", page), ..route.clone() }).collect()
}

fn with_board(path: &str, board: BoardId) -> String {
    let path = path.replace("{id}", &board.to_string()).replace("{tile}", "00000000-0000-7000-8000-000000000001");
    // As text, so that the table says which provinces are in it.
    if path.ends_with("/file") && path.contains("/tiles/") {
        return format!("{path}?form=csv");
    }
    if path.ends_with("/draft/stream") { format!("{path}?tab=00000000-0000-7000-8000-0000000000ad") } else { path }
}

async fn cell(world: &World, route: &RouteEntry, person: Person) -> String {
    let board = world.publish_board().await;
    let metric = world.own_metric().await;
    let theme = world.own_theme().await;
    let newcomer = world.newcomer().await;
    let session = world.session(person).await;
    let form = ["/fn/sign_in", "/fn/accept_invitation"].contains(&route.path.as_str());
    let mut request = Request::builder()
        .method(Method::from_bytes(route.method.as_bytes()).unwrap())
        .uri(
            with_board(&route.path, board)
                .replace("{metric}", metric.as_str())
                .replace("{template}", "rating")
                .replace("{kind}", "line")
                .replace("{theme}", &theme.to_string())
                .replace("{version}", "1"),
        )
        .header(header::HOST, "boards.test")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, if form { "application/x-www-form-urlencoded" } else { "application/json" });
    // As a browser asks: pages as pages, and a server function (from a page that is alive) as data, not as a form's
    // answer, which is a redirect whatever happened.
    if route.method == "GET" {
        request = request.header(header::ACCEPT, "text/html,*/*");
    }
    if let Some(session) = session {
        request = request.header(header::COOKIE, format!("lingdong_session={}", session.reveal()));
    }
    let response = world
        .router
        .clone()
        .oneshot(request.body(request_body(route, board, theme, &newcomer)).unwrap())
        .await
        .unwrap();
    for name in
        ["content-security-policy", "x-content-type-options", "referrer-policy", "cache-control", "x-request-id"]
    {
        assert!(response.headers().contains_key(name), "{} {} lacks {name}", route.method, route.path);
    }
    let policy = response.headers()["content-security-policy"].to_str().unwrap();
    assert!(!policy.contains("unsafe-inline") && policy.contains("base-uri 'none'"), "{policy}");
    let status = response.status();
    let is_endless = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
    let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
    let mut stream = response.into_body().into_data_stream();
    let mut body = String::new();
    while let Some(bytes) = tokio::time::timeout(Duration::from_secs(20), stream.next()).await.expect("no end") {
        body.push_str(&String::from_utf8_lossy(&bytes.unwrap()));
        if is_endless && (body.contains("event: frames") || body.contains("event: draft")) {
            break;
        }
    }
    let code = serde_json::from_str::<Value>(&body)
        .ok()
        .and_then(|value| {
            let problem = value.get("Refused").cloned().unwrap_or(value);
            problem.get("code").and_then(Value::as_str).map(str::to_owned)
        })
        .unwrap_or_default();
    let place = location.map(|to| to.replace(&board.to_string(), "{id}")).unwrap_or_default();
    let words = [status.as_u16().to_string(), code, place, provinces_seen(&body).join("+")];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[sqlx::test(migrations = "../migrations")]
async fn every_route_gives_everybody_what_is_theirs(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let routes: BTreeSet<RouteEntry> = route_table();
    assert!(routes.len() > 20, "pages and server functions are in the table as well");
    let mut table = String::new();
    for route in routes.iter().flat_map(each_page) {
        let route = &route;
        writeln!(table, "{} {}", route.method, route.path).unwrap();
        for person in Person::ALL {
            let got = cell(&world, route, person).await;
            if matches!(person, Person::ZhejiangViewer | Person::ZhejiangEditor) {
                assert!(!got.contains("GD") && !got.contains("unknown"), "{} {}: {got}", route.method, route.path);
            }
            // Who may ask nothing is told so before anything is read; for an editor, the question must be one.
            if route.path.starts_with("/fn/") && person == Person::NationalEditor {
                assert!(!got.contains("malformed_request"), "{} {}: {got}", route.method, route.path);
            }
            writeln!(table, "    {:20} {got}", format!("{person:?}")).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
