//! Pages, server functions and the files of the browser bundle.

use super::{guards, problem::Refusal, state::AppState};
use app::{routes::App, shell::shell};
use axum::{
    Router,
    extract::{Request, State},
    handler::HandlerWithoutStateExt,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use model::problem::ProblemCode;
use tower_http::{
    compression::{CompressionLayer, CompressionLevel},
    services::ServeDir,
};

const FAVICON: &[u8] = include_bytes!("../../../assets/favicon.svg");
/// Names hold a hash of the content, so a file under a name never changes.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Pages and server functions, and the page for what is not there.
pub(super) fn router(state: &AppState) -> Router<AppState> {
    let pages = Router::new()
        .leptos_routes_with_context(state, listing(), context(state), shell)
        .fallback(not_found)
        // Reads answers, so it stands inside of what packs them.
        .layer(middleware::from_fn(guards::function_status::set))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    match state.site.folder() {
        Some(folder) => pages.nest_service("/pkg", files(folder)),
        None => pages,
    }
}

/// The pages, as the router of `app` knows them.
pub(super) fn listing() -> Vec<AxumRouteListing> {
    generate_route_list(App)
}

/// What pages and server functions find in their context.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let (engine, cookies, assets) = (state.engine.clone(), state.cookies(), state.site.assets().clone());
    move || {
        provide_context(engine.clone());
        provide_context(cookies);
        provide_context(assets.clone());
    }
}

fn files(folder: &std::path::Path) -> Router {
    let missing = (|| async { Refusal::new(ProblemCode::NotFound, "there is no such file") }).into_service();
    let files = ServeDir::new(folder.join("pkg"))
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
        .fallback(missing);
    Router::new().fallback_service(files).layer(middleware::from_fn(kept_forever))
}

async fn kept_forever(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, FOREVER);
    }
    response
}

pub(super) async fn favicon() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, FAVICON)
}

/// People get a page, programs a problem.
async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    let is_for_programs = ["/api/", "/v1/", "/fn/", "/pkg/"].iter().any(|prefix| path.starts_with(prefix));
    if is_for_programs || request.method() != Method::GET {
        return Refusal::new(ProblemCode::NotFound, format!("there is nothing at {path}")).into_response();
    }
    let render = leptos_axum::render_app_to_stream_with_context(context(&state), shell);
    let mut page = render(request).await;
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}
