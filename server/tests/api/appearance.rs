//! What an organisation sets for how its boards look, obeyed by pages, streams, style sheets and files.

use super::{
    watcher::Watcher,
    world::{Answer, Person, World},
};
use axum::http::{Method, StatusCode};
use model::{
    appearance::{AppearanceChange, HouseStyle, MapApproval, RisingColour, ThemeChoice, ThemeId},
    board::{Board, BoardId},
};
use serde_json::json;
use sqlx::PgPool;

const TILE: &str = "00000000-0000-7000-8000-000000000001";

/// A map of China, which must bear its approval number.
fn map() -> Board {
    serde_json::from_value(json!({
        "title": "Map",
        "tiles": [{"id": TILE, "content": {"component": "boundary_map", "binding": {
            "metric": "content.plays", "by": "province", "time": {"last": "24h"},
        }}}],
        "desk": [{"tile": TILE, "rect": {"x": 0, "y": 0, "w": 6, "h": 7}}],
    }))
    .unwrap()
}

async fn svg(world: &World, board: BoardId, wished: &str) -> Answer {
    let address = format!("/api/v1/boards/{board}/tiles/{TILE}/file?form=svg{wished}");
    world.ask(Method::GET, &address, Person::NationalEditor, String::new()).await
}

async fn set(world: &World, theme: Option<ThemeId>) {
    let house = HouseStyle { rising: RisingColour::Green, map_approval: MapApproval::parse("GS(2024)0650号").ok() };
    let change = AppearanceChange { house, theme: theme.map(ThemeChoice::Own) };
    let who = world.principal(Person::Admin).await;
    world.stores.engine.appearances.set(&who, &change).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn files_are_drawn_as_the_organisation_has_it(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish(map()).await;
    let before = svg(&world, board, "").await;
    assert_eq!(before.status, StatusCode::OK, "{}", before.body);
    assert!(before.body.contains("审图号：待填写") && before.body.contains("#ffffff"), "{}", before.body);

    let theme = world.own_theme().await;
    set(&world, Some(theme)).await;
    let after = svg(&world, board, "").await.body;
    assert!(after.contains("审图号：GS(2024)0650号"), "{after}");
    // Light, but for what follows from the accent: as the style sheet of the theme says.
    let own = svg(&world, board, &format!("&theme={theme}")).await.body;
    assert_eq!(after, own);
    let dark = svg(&world, board, "&theme=dark").await.body;
    assert!(dark.contains("#161e2c") && dark.contains("GS(2024)0650号"), "{dark}");

    let strange = svg(&world, board, "&theme=pink").await;
    assert_eq!((strange.status, strange.code().as_str()), (StatusCode::BAD_REQUEST, "malformed_request"));
    let gone = svg(&world, board, "&theme=00000000-0000-7000-8000-0000000000af").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_style_sheet_is_kept_for_good_under_its_version(pool: PgPool) {
    let world = World::new(pool).await;
    let theme = world.own_theme().await;
    let ask = async |version: &str, person| {
        world.ask(Method::GET, &format!("/themes/{theme}/{version}"), person, String::new()).await
    };
    let sheet = ask("1", Person::ZhejiangViewer).await;
    assert_eq!(
        (sheet.status, &sheet.headers["content-type"]),
        (StatusCode::OK, &"text/css; charset=utf-8".parse().unwrap())
    );
    assert_eq!(sheet.headers["cache-control"], "private, max-age=31536000, immutable");
    assert!(sheet.body.starts_with(&format!("[data-board-theme=\"{theme}\"] {{")), "{}", sheet.body);
    assert!(
        sheet.body.contains("  --accent: #0b5c8a;\n") && sheet.body.contains("  --page: #f6f7f9;\n"),
        "{}",
        sheet.body
    );
    // Another version than the one there is.
    let older = ask("7", Person::ZhejiangViewer).await;
    assert_eq!((older.status, older.body.as_str()), (StatusCode::OK, sheet.body.as_str()));
    assert_eq!(older.headers["cache-control"], "private, no-store");
    assert_eq!(ask("1.css", Person::ZhejiangViewer).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask("1", Person::Anonymous).await.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_open_board_draws_itself_anew_when_its_look_is_changed(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish(map()).await;
    let session = world.session(Person::ZhejiangViewer).await.unwrap();
    let mut watcher = Watcher::open(&world, board, &session).await;
    assert_eq!(watcher.next().await.unwrap().0, "frames");
    set(&world, None).await;
    assert_eq!(watcher.next().await.unwrap().0, "rights");
    assert_eq!(watcher.next().await, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn pages_are_painted_in_what_the_board_or_the_organisation_chose(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let theme = world.own_theme().await;
    let plain = world.publish(map()).await;
    let dark = world.publish(map().with_theme("dark".parse().ok())).await;
    let page = async |path: String| world.ask(Method::GET, &path, Person::NationalEditor, String::new()).await.body;
    let before = page(format!("/boards/{plain}")).await;
    assert!(!before.contains("data-board-theme=\""), "as the reader prefers");
    set(&world, Some(theme)).await;
    let after = page(format!("/boards/{plain}")).await;
    assert!(after.contains(&format!("data-board-theme=\"{theme}\"")));
    assert!(after.contains(&format!("<link rel=\"stylesheet\" href=\"/themes/{theme}/1\"")));
    assert!(after.contains("GS(2024)0650号"));
    assert!(page(format!("/boards/{dark}")).await.contains("data-board-theme=\"dark\""));
    // A wall hangs in a dark room unless its board says otherwise.
    assert!(page(format!("/boards/{plain}/wall")).await.contains("data-board-theme=\"wall\""));
    assert!(page(format!("/boards/{dark}/wall")).await.contains("data-board-theme=\"dark\""));
}
