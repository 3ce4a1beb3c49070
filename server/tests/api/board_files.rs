//! Boards as files: exported, looked over, compared and applied, beside a server and without one.

use super::{
    program::Program,
    watcher::Watcher,
    world::{Person, World},
};
use axum::http::Method;
use model::{
    board::{Board, BoardFile, BoardId, Draft, OperationId, TabId, Title},
    problem::ProblemCode,
};
use serde_json::{Value, json};
use server::control::{Applied, BoardOrder, BoardOutcome, Order, Outcome, carry_out};
use sqlx::{ConnectOptions, PgPool};
use std::{fs, path::PathBuf, process::Output};

const TILE: &str = "00000000-0000-7000-8000-000000000001";
const ID: &str = "00000000-0000-7000-8000-0000000000ff";
const SCRIPT: &str = "<script>alert(1)</script>";

fn file(title: &str) -> Value {
    json!({
        "id": ID,
        "board": {
            "title": title,
            "tiles": [{"id": TILE, "title": "播放", "content": {"component": "kpi", "binding": {
                "metric": "content.plays", "time": {"last": "24h"},
            }}}],
            "desk": [{"tile": TILE, "rect": {"x": 0, "y": 0, "w": 3, "h": 3}}],
        },
    })
}

fn written(program: &Program, name: &str, text: impl AsRef<[u8]>) -> String {
    let path: PathBuf = program.path().join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[sqlx::test(migrations = "../migrations")]
async fn a_board_goes_to_a_file_and_back(pool: PgPool) {
    let program = Program::new(Some(pool.connect_options().to_url_lossy().to_string()));
    let running = program.serve();
    program.printed(&["user", "add", "anna@test.cn", "--role", "editor"]);
    let first = written(&program, "first.json", file("日报").to_string());

    let dry = program.printed(&["board", "apply", &first, "--dry-run"]);
    assert!(dry.contains("would be new"), "{dry}");
    assert_eq!(program.printed(&["board", "list"]), "", "a dry run makes nothing");
    let new = program.printed(&["board", "apply", &first, "--user", "anna@test.cn", "--public-url", "https://tv.cn"]);
    assert_eq!(new, format!("a new board\n  the board is called “日报”\n  added: “播放”\nhttps://tv.cn/boards/{ID}"));
    assert_eq!(program.printed(&["board", "list"]), format!("{ID}  日报  not published  anna@test.cn"));

    let exported = program.path().join("exported.json");
    let exported = exported.to_str().unwrap();
    program.printed(&["board", "export", ID, exported]);
    let text = fs::read_to_string(exported).unwrap();
    assert_eq!(program.printed(&["board", "export", ID]), text.trim(), "the same board is the same text");
    assert!(program.printed(&["board", "lint", exported]).contains("nothing is wrong"));
    assert_eq!(program.printed(&["board", "diff", exported]), "no difference");
    let again = program.printed(&["board", "apply", exported]);
    assert!(again.starts_with("nothing changed"), "{again}");

    fs::write(exported, text.replace("日报", "周报")).unwrap();
    let differs = program.run(&["board", "diff", exported]);
    assert_eq!((differs.status.code(), told(&differs).trim()), (Some(1), "the board is called “周报”"));
    let changed = program.printed(&["board", "apply", exported, "--publish"]);
    assert!(changed.contains("the draft was changed") && changed.contains("version 1 is published"), "{changed}");
    let again = program.printed(&["board", "apply", exported, "--publish"]);
    assert!(again.starts_with("nothing changed") && again.contains("version 1 is published"), "{again}");
    running.terminate();

    // With no server the same commands open the stores themselves.
    assert_eq!(program.printed(&["board", "diff", exported, "--against", "published"]), "no difference");
    let back = program.printed(&["board", "apply", &first]);
    assert!(back.contains("the draft was changed"), "{back}");
    let listed = program.printed(&["board", "list"]);
    assert!(listed.starts_with(&format!("{ID}  日报  version 1, edited since  ")), "{listed}");
    assert!(program.printed(&["board", "export", ID, "--published"]).contains("周报"));
}

/// Lint knows neither a server nor a database, and says by its code whether a file can be applied.
#[test]
fn lint_needs_no_server() {
    let program = Program::new(Some("postgres://nobody@127.0.0.1:1/nothing".to_owned()));
    let lint = |text: &[u8]| program.run(&["board", "lint", &written(&program, "board.json", text)]);
    for (text, code, words) in [
        (file("日报").to_string().into_bytes(), 0, "nothing is wrong with it"),
        (file("").to_string().into_bytes(), 0, "0 errors, 1 warning"),
        (Vec::new(), 1, "the file is empty"),
        (b"hello".to_vec(), 1, "this is no JSON"),
        (b"\xff\xfe".to_vec(), 1, "no UTF-8"),
        (file("日报").to_string().replace("kpi", "liquid").into_bytes(), 1, "unknown variant `liquid`"),
        (file("日报").to_string().replace("content.plays", "content.gone").into_bytes(), 1, "There is no metric"),
        (file("日报").to_string().replace(ID, "7").into_bytes(), 1, "expected the id of a board"),
        (file(&"长".repeat(3_500_000)).to_string().into_bytes(), 1, "at most 120"),
    ] {
        let output = lint(&text);
        assert_eq!(output.status.code(), Some(code), "{words}: {}", told(&output));
        assert!(told(&output).contains(words), "{words}: {}", told(&output));
    }
    let wrong = written(&program, "wrong.json", file("日报").to_string().replace("content.plays", "content.plais"));
    let output = program.run(&["board", "lint", &wrong, "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["errors"], &json["warnings"]), (&json!(1), &json!(0)));
    assert_eq!(json["findings"][0]["tile"]["title"], json!("播放"));
    assert_eq!(json["findings"][0]["rule"], json!("catalogue"));
    let missing = program.run(&["board", "lint", "nowhere.json"]);
    assert_eq!(missing.status.code(), Some(2), "{}", told(&missing));
    let applied = program.run(&["board", "apply", &wrong]);
    assert_eq!(applied.status.code(), Some(1), "stopped before the database is looked for: {}", told(&applied));
    assert!(told(&applied).contains("did you mean content.plays") && told(&applied).contains("1 error, and nothing"));
}

async fn ordered(world: &World, person: Person, board: BoardOrder) -> Result<BoardOutcome, ProblemCode> {
    let user = Some(person.email().to_owned());
    match carry_out(&world.stores, Order::Board { user, board }).await {
        Outcome::Board { board } => Ok(board),
        Outcome::Refused { problem } => Err(problem.code),
        other => panic!("{other:?}"),
    }
}

async fn apply(world: &World, person: Person, file: &BoardFile, publish: bool) -> Result<Applied, ProblemCode> {
    let order = BoardOrder::Apply { file: Box::new(file.clone()), publish, dry_run: false };
    match ordered(world, person, order).await? {
        BoardOutcome::Applied(applied) => Ok(applied),
        other => panic!("{other:?}"),
    }
}

fn empty(title: &str) -> Board {
    Board::titled(Title::parse(title).unwrap())
}

fn parsed(file: Value) -> BoardFile {
    serde_json::from_value(file).unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn files_give_nobody_a_right(pool: PgPool) {
    let world = World::new(pool).await;
    let new = parsed(file("新"));
    let viewer = Person::ZhejiangViewer;
    assert_eq!(apply(&world, viewer, &new, false).await, Err(ProblemCode::Forbidden), "nor make a board");
    let board = world.publish(empty("日报")).await;
    let file = parsed(json!({"id": board, "board": {"title": "周报", "tiles": [], "desk": []}}));
    assert_eq!(apply(&world, viewer, &file, true).await, Err(ProblemCode::Forbidden));
    let read = |published| BoardOrder::Read { id: board, published };
    assert_eq!(ordered(&world, viewer, read(false)).await, Err(ProblemCode::Forbidden), "drafts are for editors");
    assert!(matches!(ordered(&world, viewer, read(true)).await, Ok(BoardOutcome::Read { board, .. })
        if board.title().as_str() == "日报"));
    assert!(apply(&world, Person::ZhejiangEditor, &new, false).await.unwrap().is_new);
    let Ok(BoardOutcome::Boards { boards }) = ordered(&world, viewer, BoardOrder::List).await else { panic!() };
    assert_eq!(boards.iter().map(|line| line.id).collect::<Vec<_>>(), [board], "only what is published");

    let nobody = Order::Board { user: Some("nobody@test.cn".to_owned()), board: BoardOrder::List };
    assert!(matches!(carry_out(&world.stores, nobody).await, Outcome::Refused { problem }
        if problem.code == ProblemCode::NotFound));
    let unnamed = Order::Board { user: None, board: BoardOrder::List };
    assert!(matches!(carry_out(&world.stores, unnamed).await, Outcome::Board { .. }), "the one administrator");
}

/// Editors who have the board open see it at once, as one edit of whoever applied the file, and can take it back.
#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_applied_as_one_edit(pool: PgPool) {
    let world = World::new(pool).await;
    let engine = &world.stores.engine;
    let board = world.publish(empty("日报")).await;
    let session = world.session(Person::NationalEditor).await.unwrap();
    let address = format!("/api/v1/boards/{board}/draft/stream?tab={}", TabId::from_u128(1));
    let mut watcher = Watcher::open_at(&world, &address, &session).await;
    let mut wanted = file("周报");
    wanted["id"] = json!(board);
    let wanted = parsed(wanted);
    let applied = apply(&world, Person::ZhejiangEditor, &wanted, false).await.unwrap();
    assert!(applied.is_changed && !applied.is_new && applied.changes.len() >= 2, "{applied:?}");
    loop {
        let (event, data) = watcher.next().await.expect("the stream ended");
        if event == "draft" && serde_json::from_str::<Draft>(&data).unwrap().board == wanted.board {
            break;
        }
    }
    let again = apply(&world, Person::ZhejiangEditor, &wanted, false).await.unwrap();
    assert!(!again.is_changed);
    let who = world.principal(Person::ZhejiangEditor).await;
    let proof = engine.access.authorize_edit(&who, board).await.unwrap();
    let history = engine.boards.history(&proof, None).await.unwrap();
    assert_eq!(history.entries.len(), 1, "{history:?}");
    assert_eq!(history.entries[0].who, Person::ZhejiangEditor.email());
    let undone = engine.boards.undo(&proof, OperationId::from_u128(5)).await.unwrap();
    assert_eq!(undone.board.title().as_str(), "日报");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_id_that_was_taken_makes_no_new_board(pool: PgPool) {
    let world = World::new(pool).await;
    let file = parsed(file("日报"));
    let id: BoardId = apply(&world, Person::NationalEditor, &file, false).await.unwrap().id.unwrap();
    let who = world.principal(Person::NationalEditor).await;
    let proof = world.stores.engine.access.authorize_edit(&who, id).await.unwrap();
    world.stores.engine.boards.delete(&proof).await.unwrap();
    assert_eq!(apply(&world, Person::NationalEditor, &file, false).await, Err(ProblemCode::InvalidOperation));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_script_in_a_file_is_text_on_the_page(pool: PgPool) {
    let world = World::new(pool).await;
    let mut file = file(SCRIPT);
    file["board"]["tiles"][0]["title"] = json!(SCRIPT);
    file["board"]["tiles"][0]["content"] = json!({"component": "text", "text": SCRIPT});
    let file = parsed(file);
    let applied = apply(&world, Person::NationalEditor, &file, true).await.unwrap();
    let (id, published) = (applied.id.unwrap(), applied.published);
    assert_eq!(published, Some(1));
    let read = ordered(&world, Person::NationalEditor, BoardOrder::Read { id, published: true }).await;
    assert!(matches!(read, Ok(BoardOutcome::Read { board, .. }) if *board == file.board), "kept as it is");
    let page = world.ask(Method::GET, &format!("/boards/{id}"), Person::NationalEditor, "").await;
    assert!(page.body.contains("alert(1)") && !page.body.contains(SCRIPT), "it would run");
}
