//! The board's few files, and what every answer of it says to the browser.

use super::{Shared, pages};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get};
use std::net::IpAddr;
use std::sync::Arc;

/// What a browser may do for this page: load its own files and listen to its server. No script of a message can run, even if one
/// became part of the page: Content Security Policy Level 3, and Trusted Types.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// In every answer. No other page may use what stands in it, and nothing of it is kept.
const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// What is served where.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", file("text/html; charset=utf-8", include_str!("page/board.html")))
        .route("/board.css", file("text/css; charset=utf-8", include_str!("page/board.css")))
        .route("/board.js", file("text/javascript; charset=utf-8", include_str!("page/board.js")))
        .route("/tiles.js", file("text/javascript; charset=utf-8", include_str!("page/tiles.js")))
        .route("/board.svg", file("image/svg+xml", include_str!("page/board.svg")))
        .route("/events", get(pages::events))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), guard))
        .with_state(shared)
}

fn file(kind: &'static str, text: &'static str) -> MethodRouter<Arc<Shared>> {
    get(([(header::CONTENT_TYPE, kind)], text))
}

/// Serves only who calls the board by its own name, and adds the headers.
async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = if is_own_name(request.headers(), &shared.host) {
        next.run(request).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "This is the board of a teacher's server. Type its IP instead of a name.\n")
            .into_response()
    };
    // To extend the fields by pairs would leave axum's own `Cache-Control` beside this one.
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

/// Whether a request names an IP, `localhost`, or the name that the board was given. A page from elsewhere whose name leads to this
/// computer (DNS rebinding) could read the board otherwise, and its browser would send that name.
fn is_own_name(headers: &HeaderMap, own: &str) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Some(authority) = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok()) else { return false };
    if authority.as_str().contains('@') {
        return false;
    }
    let name = authority.host();
    let ip = name.trim_start_matches('[').trim_end_matches(']');
    ip.parse::<IpAddr>().is_ok() || [own, "localhost"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
#[path = "../../tests/unit/web.rs"]
mod tests;
