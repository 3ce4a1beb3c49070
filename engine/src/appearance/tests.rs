//! What is set is seen by everybody of the organisation, and by nobody else.

#![allow(clippy::disallowed_methods)] // tests look into the tables past our code

use super::Appearances;
use crate::access::{Principal, tests::world::World};
use model::{
    access::Role,
    appearance::{
        AppearanceChange, BaseTheme, HouseStyle, MapApproval, OwnTheme, Paint, RisingColour, ThemeChoice, Token,
    },
    board::Title,
    problem::ProblemCode,
};
use sqlx::{PgPool, Row as _};

struct Room {
    world: World,
    appearances: Appearances,
    admin: Principal,
}

impl Room {
    async fn of(owner: PgPool) -> Self {
        let world = World::of(owner).await;
        let appearances = Appearances::open(&world.databases, world.access.clone(), world.clock.clone());
        let admin = world.somebody("admin@example.com", Role::Admin).await;
        Self { world, appearances, admin }
    }

    /// A viewer's rights as they are read now.
    async fn viewer(&self) -> Principal {
        let token = self.world.sign_in("viewer@example.com").await;
        self.world.access.principal_of_session(&token).await.unwrap()
    }
}

fn theme(name: &str, colours: &[(Token, &str)]) -> OwnTheme {
    let colours = colours.iter().map(|(token, colour)| (*token, colour.parse().unwrap())).collect();
    OwnTheme { name: Title::parse(name).unwrap(), base: BaseTheme::Light, colours }
}

fn change(theme: Option<ThemeChoice>) -> AppearanceChange {
    let map_approval = MapApproval::parse("GS(2024)0650号").ok();
    AppearanceChange { house: HouseStyle { rising: RisingColour::Green, map_approval }, theme }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_set_is_seen_by_the_very_next_page(owner: PgPool) {
    let room = Room::of(owner).await;
    room.world.add("viewer@example.com", Role::Viewer).await;
    let before = room.viewer().await;
    assert_eq!(before.account().appearance, model::appearance::Appearance::default());
    let dark = Some(ThemeChoice::Shipped(BaseTheme::Dark));
    room.appearances.set(&room.admin, &change(dark)).await.unwrap();
    let after = room.viewer().await.account().appearance.clone();
    assert_eq!((after.house, after.theme), (change(dark).house, dark));
    // Somebody at psql is obeyed as well.
    room.world.behind_our_back("update appearance set rising = 'red'").await;
    assert!(room.viewer().await.account().appearance.house.rising.is_red());
    let told = sqlx::query("select details ->> 'map_approval' from audit_entry where action = 'appearance_changed'");
    let told: Vec<String> = told.fetch_all(&room.world.owner).await.unwrap().iter().map(|entry| entry.get(0)).collect();
    assert_eq!(told, ["GS(2024)0650号"]);
    room.world.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn only_administrators_set_it(owner: PgPool) {
    let room = Room::of(owner).await;
    let editor = room.world.somebody("editor@example.com", Role::Editor).await;
    let kept = room.appearances.keep_theme(&room.admin, None, theme("蓝", &[])).await.unwrap();
    let refusals = [
        room.appearances.settings(&editor).await.map(|_| ()).unwrap_err(),
        room.appearances.set(&editor, &change(None)).await.unwrap_err(),
        room.appearances.keep_theme(&editor, None, theme("红", &[])).await.map(|_| ()).unwrap_err(),
        room.appearances.remove_theme(&editor, kept.id).await.unwrap_err(),
        room.appearances.bring_theme_back(&editor, kept.id).await.unwrap_err(),
    ];
    assert!(refusals.iter().all(|refusal| refusal.code == ProblemCode::Forbidden), "{refusals:?}");
    // What it looks like is everybody's.
    assert_eq!(room.appearances.theme(&editor, kept.id).await.unwrap(), kept);
    room.world.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_theme_is_kept_changed_removed_and_brought_back(owner: PgPool) {
    let room = Room::of(owner).await;
    room.world.add("viewer@example.com", Role::Viewer).await;
    let kept =
        room.appearances.keep_theme(&room.admin, None, theme("蓝", &[(Token::Accent, "#0b5c8a")])).await.unwrap();
    let own = Some(ThemeChoice::Own(kept.id));
    room.appearances.set(&room.admin, &change(own)).await.unwrap();
    let renamed = theme("深蓝", &[(Token::Accent, "#0b4c7a")]);
    let next = room.appearances.keep_theme(&room.admin, Some((kept.id, 1)), renamed.clone()).await.unwrap();
    assert_eq!((next.version, next.id), (2, kept.id));
    // Who saw the first version overwrites nothing.
    let late = room.appearances.keep_theme(&room.admin, Some((kept.id, 1)), theme("绿", &[])).await.unwrap_err();
    assert_eq!(late.code, ProblemCode::EditConflict);
    let painted = room.viewer().await.account().appearance.paint(None);
    assert_eq!(painted, Some(Paint::Own { id: kept.id, version: 2 }));
    room.appearances.remove_theme(&room.admin, kept.id).await.unwrap();
    assert_eq!(room.viewer().await.account().appearance.paint(own), None);
    assert_eq!(room.appearances.theme(&room.admin, kept.id).await.unwrap_err().code, ProblemCode::NotFound);
    assert_eq!(room.appearances.remove_theme(&room.admin, kept.id).await.unwrap_err().code, ProblemCode::NotFound);
    room.appearances.bring_theme_back(&room.admin, kept.id).await.unwrap();
    assert_eq!(room.appearances.theme(&room.admin, kept.id).await.unwrap().theme, renamed);
    assert_eq!(room.viewer().await.account().appearance.paint(None), painted);
    room.world.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_theme_that_nobody_can_read_is_not_kept(owner: PgPool) {
    let room = Room::of(owner).await;
    let keep = |theme| room.appearances.keep_theme(&room.admin, None, theme);
    let pale = keep(theme("淡", &[(Token::Text, "#c0c0c0")])).await.unwrap_err();
    assert_eq!(pale.code, ProblemCode::InvalidOperation);
    assert_eq!(pale.parameters.get("field").map(String::as_str), Some("text"));
    let nameless = keep(theme("", &[])).await.unwrap_err();
    assert_eq!(nameless.parameters.get("field").map(String::as_str), Some("name"));
    assert!(room.appearances.themes(&room.admin).await.unwrap().is_empty());
    room.world.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn themes_of_others_are_as_if_they_were_not_there(owner: PgPool) {
    let room = Room::of(owner).await;
    let kept = room.appearances.keep_theme(&room.admin, None, theme("蓝", &[])).await.unwrap();
    room.world.add("viewer@example.com", Role::Admin).await;
    let moved = "with other as (insert into organisation (id, name) values (2, '浙江') returning id)
        update app_user set organisation_id = (select id from other) where email = 'viewer@example.com'";
    room.world.behind_our_back(moved).await;
    let other = room.viewer().await;
    assert!(other.account().appearance.themes.is_empty());
    for refusal in [
        room.appearances.theme(&other, kept.id).await.map(|_| ()).unwrap_err(),
        room.appearances.remove_theme(&other, kept.id).await.unwrap_err(),
        room.appearances.set(&other, &change(Some(ThemeChoice::Own(kept.id)))).await.unwrap_err(),
        room.appearances.keep_theme(&other, Some((kept.id, 1)), theme("绿", &[])).await.map(|_| ()).unwrap_err(),
    ] {
        assert_eq!(refusal.code, ProblemCode::NotFound);
    }
    room.world.close().await;
}
