//! Tests of `src/board/place.rs`, from inside.

use super::{Place, place};

#[test]
fn an_ip_or_a_name_and_a_port() {
    for (text, host, port) in [
        ("127.0.0.1:8090", "127.0.0.1", 8090),
        ("0.0.0.0:0", "0.0.0.0", 0),
        ("[::1]:8090", "::1", 8090),
        ("[fe80::1%eth0]:8090", "fe80::1%eth0", 8090),
        ("localhost:80", "localhost", 80),
    ] {
        assert_eq!(place(text), Ok(Place { host: host.to_string(), port }), "{text}");
    }
}

#[test]
fn what_is_none_is_told_with_an_example() {
    for (text, told) in [
        ("8090", "write IP:PORT, for example 127.0.0.1:8090"),
        ("127.0.0.1", "write IP:PORT, for example 127.0.0.1:8090"),
        ("", "write IP:PORT, for example 127.0.0.1:8090"),
        ("::1:8090", "write IP:PORT, for example 127.0.0.1:8090 or [::1]:8090"),
        ("http://127.0.0.1:8090", "write IP:PORT"),
        ("127.0.0.1:8090/", "a port is a number from 1 to 65535"),
        ("127.0.0.1:65536", "a port is a number from 1 to 65535"),
        (":8090", "write an IP"),
        ("192.168.1.300:8090", "from 0 to 255"),
    ] {
        let error = place(text).unwrap_err();
        assert!(error.contains(told), "{text}: {error}");
    }
}
