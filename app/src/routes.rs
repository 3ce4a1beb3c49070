//! Every address of the product, in one table.

use crate::{
    pages::{
        BoardListPage, BoardPage, BuilderRoute, CataloguePage, ComposerRoute, GalleryRoute, ImportMetricsPage,
        InvitationPage, NotFoundPage, SettingsPage, SettingsRoute, SignInPage, TemplatesRoute, WallPage,
    },
    preferences::provide_preferences,
};
use components::controls::{ToastRegion, Toasts};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{Redirect, Route, Router, Routes},
    params::ParamsMap,
    path,
};
use model::{
    board::{BoardId, ComponentKind, Reading, TabId, TemplateId, TileId},
    formatting::Locale,
    metric::{MetricId, own::OwnMetricId},
};

/// Where people sign in.
pub const SIGN_IN: &str = "/sign-in";
/// The list of boards.
pub const BOARDS: &str = "/boards";

/// A page of the settings.
pub(crate) fn settings(page: SettingsPage) -> String {
    format!("/settings/{}", page.name())
}

/// Where somebody takes an invitation. The secret stands in the query, which no log holds.
pub fn invitation(token: &str) -> String {
    format!("/join?invitation={token}")
}

/// All templates.
pub const TEMPLATES: &str = "/templates";

/// A look at a template.
pub fn template(id: &TemplateId) -> String {
    format!("{TEMPLATES}/{id}")
}

/// All components.
pub const COMPONENTS: &str = "/components";

/// The page about a component.
pub fn component(kind: ComponentKind) -> String {
    format!("{COMPONENTS}/{}", kind.name())
}

/// All metrics that may be asked for.
pub const CATALOGUE: &str = "/catalogue";

/// The page about a metric.
pub fn metric(id: &MetricId) -> String {
    format!("{CATALOGUE}/{id}")
}

/// Where a metric is composed.
pub const NEW_METRIC: &str = "/catalogue/new";
/// Where metrics are imported.
pub const IMPORT_METRICS: &str = "/catalogue/import";

/// Where an own metric is changed.
pub fn change_metric(id: &OwnMetricId) -> String {
    format!("{CATALOGUE}/{id}/edit")
}

/// One own metric, or all of them, as a file.
pub fn metric_file(id: Option<&OwnMetricId>, form: &str) -> String {
    let one = id.map(|id| format!("/{id}")).unwrap_or_default();
    format!("/api/v1/own-metrics{one}/file?form={form}")
}

/// The published board.
pub fn board(id: BoardId) -> String {
    format!("{BOARDS}/{id}")
}

/// The builder of a board.
pub fn builder(id: BoardId) -> String {
    format!("{BOARDS}/{id}/edit")
}

/// The draft as readers would see it.
pub fn preview(id: BoardId) -> String {
    format!("{BOARDS}/{id}/preview")
}

/// Whether a path leads to the preview of a draft.
pub(crate) fn is_preview(path: &str) -> bool {
    path.starts_with(BOARDS) && path.ends_with("/preview")
}

/// The published board on a wall.
pub fn wall(id: BoardId) -> String {
    format!("{BOARDS}/{id}/wall")
}

/// The application itself, as the bundle calls it. A published board is glanced at without it.
#[cfg(feature = "ssr")]
const APPLICATION: &str = "come_alive";

/// The part of the bundle that draws the charts that few boards have.
#[cfg(feature = "ssr")]
pub(crate) const OTHER_CHARTS: &str = "other_charts";

/// The names of the parts of the bundle that a path needs at once, beside what every page loads.
#[cfg(feature = "ssr")]
pub(crate) fn lazy_parts(path: &str) -> Vec<&'static str> {
    let composes = path.strip_prefix(CATALOGUE).is_some_and(|below| below.ends_with("/edit"));
    if path == NEW_METRIC || composes {
        return vec![APPLICATION, "composer_route"];
    }
    if path.starts_with(TEMPLATES) {
        return vec![APPLICATION, "templates_route"];
    }
    if let Some(page) = path.strip_prefix("/settings/") {
        let drawn = (page == SettingsPage::Appearance.name()).then_some(OTHER_CHARTS);
        return [APPLICATION, "settings_route"].into_iter().chain(drawn).collect();
    }
    if path.starts_with(COMPONENTS) {
        return vec![APPLICATION, "gallery_route", OTHER_CHARTS];
    }
    let below = path.strip_prefix(BOARDS).and_then(|path| path.strip_prefix('/'));
    match below.map(|below| below.rsplit_once('/').map(|(_, last)| last)) {
        Some(Some("edit" | "preview")) => vec![APPLICATION, "builder_route"],
        Some(None) => Vec::new(),
        Some(Some(_)) | None => vec![APPLICATION],
    }
}

/// The published board, read so.
pub fn board_read(id: BoardId, reading: &Reading) -> String {
    format!("{}{}", board(id), params(reading).to_query_string())
}

/// A tile of a published board as a file, read so.
pub fn tile_file(id: BoardId, tile: TileId, form: &str, locale: Locale, reading: &Reading) -> String {
    let mut params = params(reading);
    params.insert("form", form.to_owned());
    params.insert("lang", locale.tag().to_owned());
    format!("/api/v1/boards/{id}/tiles/{tile}/file{}", params.to_query_string())
}

/// The frames of that version of a board, read so, as they change; it ends when another one is published.
pub fn stream(id: BoardId, version: i32, reading: &Reading) -> String {
    let mut params = params(reading);
    params.insert("version", version.to_string());
    format!("/api/v1/boards/{id}/stream{}", params.to_query_string())
}

fn params(reading: &Reading) -> ParamsMap {
    reading.pairs().into_iter().collect()
}

/// A draft while it is edited: for a tab that is worked in, or for somebody who only looks on.
pub fn draft_stream(id: BoardId, tab: Option<TabId>) -> String {
    let tab = tab.map(|tab| format!("?tab={tab}")).unwrap_or_default();
    format!("/api/v1/boards/{id}/draft/stream{tab}")
}

/// Sign-in, and back to where the reader was.
pub fn sign_in_and_return(to: &str) -> String {
    let encoded: String = to
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    if local_path(to).is_none_or(|path| path == BOARDS || path == "/") {
        SIGN_IN.to_owned()
    } else {
        format!("{SIGN_IN}?next={encoded}")
    }
}

/// The text if it is a path of ours: a link must not be able to send a reader to another site after signing in.
pub fn local_path(text: &str) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    (text.starts_with('/') && !text.starts_with("//") && text.bytes().all(is_plain)).then_some(text)
}

/// The application. Every page waits for its data on the server, so that its HTML is whole without wasm.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let preferences = provide_preferences();
    let toasts = Toasts::provide();
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage /> }>
                <Route path=path!("/") view=|| view! { <Redirect path=BOARDS /> } ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/boards") view=BoardListPage ssr=SsrMode::Async />
                <Route path=path!("/boards/:id") view=BoardPage ssr=SsrMode::Async />
                <Route path=path!("/settings/:page") view={Lazy::<SettingsRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/join") view=InvitationPage ssr=SsrMode::Async />
                <Route path=path!("/templates") view={Lazy::<TemplatesRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/templates/:template") view={Lazy::<TemplatesRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/components") view={Lazy::<GalleryRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/components/:kind") view={Lazy::<GalleryRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/catalogue") view=CataloguePage ssr=SsrMode::Async />
                <Route path=path!("/catalogue/new") view={Lazy::<ComposerRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/catalogue/import") view=ImportMetricsPage ssr=SsrMode::Async />
                <Route path=path!("/catalogue/:metric/edit") view={Lazy::<ComposerRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/catalogue/:metric") view=CataloguePage ssr=SsrMode::Async />
                <Route path=path!("/boards/:id/wall") view=WallPage ssr=SsrMode::Async />
                <Route path=path!("/boards/:id/edit") view={Lazy::<BuilderRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/boards/:id/preview") view={Lazy::<BuilderRoute>::new()} ssr=SsrMode::Async />
            </Routes>
        </Router>
        <ToastRegion toasts locale=preferences.locale />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_on_to() {
        assert_eq!(local_path("/boards/1?x=2"), Some("/boards/1?x=2"));
        for elsewhere in
            ["", "boards", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x"]
        {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    #[cfg(feature = "ssr")]
    fn a_page_loads_its_own_part_and_no_other() {
        let id = BoardId::from_u128(1);
        let for_editors = [APPLICATION, "builder_route"];
        assert_eq!([lazy_parts(&builder(id)), lazy_parts(&preview(id))], [for_editors, for_editors]);
        assert_eq!((is_preview(&preview(id)), is_preview(&builder(id))), (true, false));
        for path in [&wall(id), BOARDS, CATALOGUE, "/catalogue/tv.ama", SIGN_IN, "/"] {
            assert_eq!(lazy_parts(path), [APPLICATION], "{path}");
        }
        for page in [SettingsPage::Account, SettingsPage::People, SettingsPage::Desk] {
            assert_eq!(lazy_parts(&settings(page)), [APPLICATION, "settings_route"]);
        }
        let appearance = settings(SettingsPage::Appearance);
        assert_eq!(lazy_parts(&appearance), [APPLICATION, "settings_route", OTHER_CHARTS]);
        for path in [NEW_METRIC, "/catalogue/own.share/edit"] {
            assert_eq!(lazy_parts(path), [APPLICATION, "composer_route"], "{path}");
        }
        assert!(lazy_parts(&board(id)).is_empty(), "it is glanced at first");
    }

    #[test]
    fn a_reading_is_carried_by_page_and_stream_alike() {
        let id = BoardId::from_u128(1);
        let reading = Reading::from_pairs([("province", "ZJ"), ("channel", "CCTV-1 & 2"), ("time", "7d")]);
        let page = board_read(id, &reading);
        assert!(page.ends_with("?time=7d&channel=CCTV%2D1%20%26%202&province=ZJ"), "{page}");
        assert_eq!(board_read(id, &Reading::default()), board(id));
        let stream = stream(id, 3, &reading);
        assert!(
            stream.contains("/stream?") && stream.contains("version=3") && stream.contains("province=ZJ"),
            "{stream}"
        );
    }

    #[test]
    fn the_way_back_is_carried_whole() {
        assert_eq!(sign_in_and_return("/boards/1?a=b&c"), "/sign-in?next=/boards/1%3Fa%3Db%26c");
        assert_eq!(sign_in_and_return("//evil.example"), "/sign-in");
        assert_eq!(sign_in_and_return("/boards"), "/sign-in");
    }
}
