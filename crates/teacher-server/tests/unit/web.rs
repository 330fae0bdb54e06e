//! Tests of `src/board/web.rs`, from inside.

use super::is_own_name;
use axum::http::{HeaderMap, HeaderValue, header::HOST};

fn is_served(hosts: &[&str]) -> bool {
    let mut headers = HeaderMap::new();
    for host in hosts {
        headers.append(HOST, HeaderValue::from_str(host).unwrap());
    }
    is_own_name(&headers, "lab.urjc.es")
}

#[test]
fn an_ip_localhost_and_the_name_that_was_given_are_served() {
    for host in [
        "127.0.0.1:8090",
        "192.168.1.36",
        "[::1]:8090",
        "[2001:db8::1]",
        "localhost:8090",
        "LocalHost",
        "lab.urjc.es:8090",
    ] {
        assert!(is_served(&[host]), "{host}");
    }
}

#[test]
fn any_other_name_is_not() {
    for host in [
        "evil.example:8090",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "xlocalhost",
        "evil.example@127.0.0.1",
        "127.0.0.1@evil.example",
        "[evil.example]",
        "127.0.0.1 evil.example",
        "",
    ] {
        assert!(!is_served(&[host]), "{host}");
    }
    assert!(!is_served(&[]));
    assert!(!is_served(&["127.0.0.1:8090", "evil.example"]), "which of them a browser would mean is not known");
}
