//! The files, and what each answer forbids the browser.

use super::{Board, Page, Response};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

fn check_headers(response: &Response) {
    for (name, value) in [
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ] {
        assert_eq!(response.header(name), Some(value), "{}", response.head);
    }
    assert_eq!(response.header("Access-Control-Allow-Origin"), None);
}

#[test]
fn each_file_has_its_type_and_the_strict_headers() {
    let board = Board::start(&[]);
    for (path, kind, part) in [
        ("/", "text/html; charset=utf-8", "<!doctype html>"),
        ("/board.css", "text/css; charset=utf-8", "prefers-color-scheme"),
        ("/board.js", "text/javascript; charset=utf-8", "EventSource"),
        ("/tiles.js", "text/javascript; charset=utf-8", "export function"),
        ("/board.svg", "image/svg+xml", "<svg"),
    ] {
        let response = board.get(path);
        assert_eq!((response.status(), response.header("Content-Type")), ("200", Some(kind)));
        assert!(response.body.contains(part));
        check_headers(&response);
    }
}

#[test]
fn so_have_the_events_and_each_refusal() {
    let board = Board::start(&[]);
    let mut page = board.open();
    let events = Response { head: page.event().unwrap(), body: String::new() };
    assert_eq!((events.status(), events.header("Content-Type")), ("200", Some("text/event-stream")));
    check_headers(&events);

    for (request, status) in
        [("GET /none", "404"), ("POST /", "405"), ("DELETE /events", "405"), ("GET /../board.js", "404")]
    {
        let response = board.request(&[&format!("{request} HTTP/1.1"), "Host: localhost"]);
        assert_eq!(response.status(), status, "{request}");
        check_headers(&response);
    }
}

/// The policy would forbid it all.
#[test]
fn the_page_has_nothing_from_elsewhere_and_no_script_or_style_in_it() {
    let html = Board::start(&[]).get("/").body;
    for part in ["http:", "https:", "//", "style=", "<style", "javascript:", " on"] {
        let found = html.find(part).map(|place| &html[place..]);
        assert_eq!(found.filter(|rest| !rest.starts_with(" once") && !rest.starts_with(" one ")), None);
    }
    assert_eq!(html.matches("<script").count(), html.matches("<script type=\"module\" src=").count());
}

/// DNS rebinding: a page of evil.example whose name leads here must not read the board.
#[test]
fn it_serves_only_who_calls_it_by_its_own_name() {
    let board = Board::start(&[]);
    let own = board.address.to_string();
    let status = |host: &str| board.request(&["GET / HTTP/1.1", host]).status().to_string();
    for host in [own.as_str(), "localhost", "192.168.1.36:8090", "[::1]:8090"] {
        assert_eq!(status(&format!("Host: {host}")), "200", "{host}");
    }
    for host in ["evil.example", "evil.example:8090", "127.0.0.1.evil.example", ""] {
        assert_eq!(status(&format!("Host: {host}")), "421", "{host}");
    }
    assert_eq!(board.request(&["GET / HTTP/1.0"]).status(), "421");
    let refused = board.request(&["GET /events HTTP/1.1", "Host: evil.example"]);
    assert_eq!(refused.status(), "421");
    assert!(!refused.body.contains("data:") && refused.body.contains("Type its IP"), "{}", refused.body);
    check_headers(&refused);
}

#[test]
fn a_name_that_it_was_given_is_its_own() {
    let server = crate::running_server::RunningServer::start(&["--board", "localhost:0"]);
    let board = Board::of(server);
    assert_eq!(board.request(&["GET / HTTP/1.1", "Host: LOCALHOST:8090"]).status(), "200");
    assert!(Page::on(board.connect()).event().unwrap().contains("200 OK"));
}

#[test]
fn a_request_without_end_gets_no_page() {
    let board = Board::start(&[]);
    let long = format!("Cookie: {}", "c".repeat(200_000));
    // Whether the error arrives before the reset does is a race.
    let mut stream = board.connect();
    let _ = std::io::Write::write_all(&mut stream, format!("GET / HTTP/1.1\r\nHost: localhost\r\n{long}").as_bytes());
    let mut answer = Vec::new();
    let _ = std::io::Read::read_to_end(&mut stream, &mut answer);
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431 "), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(board.get("/").status(), "200");
}
