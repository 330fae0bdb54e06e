//! Arguments, and the addresses behind them.

use common::address::machine::doubt;
use common::address::{host, port, port_or_any, resolve};
use common::{Problem, seconds};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

#[test]
fn an_ip_or_a_name_is_taken_as_it_is() {
    for text in [
        "127.0.0.1",
        "::1",
        "fe80::1%eth0",
        "ff02::1%eth0",
        "localhost",
        "www.urjc.es",
        "españa.es",
        "3com.com",
        "a_b",
        "0x7f.es",
    ] {
        assert_eq!(host(text), Ok(text.to_string()));
    }
    assert_eq!(host("[2001:db8::1]"), Ok("2001:db8::1".to_string()), "brackets, as in a browser, are taken off");
}

#[test]
fn what_a_beginner_writes_instead_has_a_message_of_its_own() {
    for (text, hint) in [
        ("", "write an IP"),
        ("[]", "write an IP"),
        ("192.168.1", "four numbers"),
        ("192.168.1.256", "from 0 to 255"),
        ("8080", "four numbers"),
        ("127.1", "four numbers"),
        ("0x7f.1", "four numbers"),
        ("127.0.0.0x1", "four numbers"),
        ("192,168,1,36", "four numbers"),
        ("192.168.1.36:8080", "a word of its own"),
        ("2001:db8::g", "no IPv6 address"),
        ("fe80::1", "fe80::1%eth0"),
        ("fe80::1%", "no IPv6 address"),
        ("::1%lo", "begins with fe80: has a %"),
        ("2001:db8::1%eth0", "write 2001:db8::1"),
        ("2001:db8::1%", "write 2001:db8::1"),
        ("localhost:8080", "a word of its own"),
        ("http://localhost", "without http://"),
        ("192.168.1.0/24", "without any /"),
        ("192.168.1.36 8080", "no spaces"),
        ("\u{202e}host", "no spaces"),
    ] {
        let message = host(text).unwrap_err();
        assert!(message.contains(hint), "{text:?}: {message}");
    }
}

#[test]
fn an_ip_needs_no_name_server_and_of_a_name_the_ipv4_address_is_taken() {
    assert_eq!(resolve("::1", 80).unwrap(), "[::1]:80".parse::<SocketAddr>().unwrap());
    assert_eq!(resolve("localhost", 80).unwrap(), "127.0.0.1:80".parse::<SocketAddr>().unwrap());
}

/// Where `localhost` is `::1` as well, as on most systems, a client that is refused at 127.0.0.1 hears of it.
#[test]
fn the_other_addresses_of_a_name_are_named_where_its_first_one_refuses() {
    let refused = |ip: &str| {
        let address = SocketAddr::new(ip.parse().unwrap(), 80);
        Problem::connecting(address)(ErrorKind::ConnectionRefused.into())
    };
    let with_others = |ip, host| Problem::with_other_addresses(host)(refused(ip)).next().to_string();
    let plain = "start the server there, or check the IP and the port";
    assert_eq!(with_others("127.0.0.1", "127.0.0.1"), plain);
    let named = with_others("127.0.0.9", "localhost");
    assert!(named.starts_with(&format!("{plain}; or try another address of localhost: ")), "{named}");
    assert!(named.contains("127.0.0.1"), "{named}");
    let lost = Problem::sending("127.0.0.9:80".parse().unwrap())(ErrorKind::ConnectionReset.into());
    assert!(!Problem::with_other_addresses("localhost")(lost).next().contains("another address"));
}

#[test]
fn ports_are_from_1_to_65535_and_0_only_to_listen() {
    assert_eq!(port("65535"), Ok(65535));
    for text in ["0", "65536", "-1", "http", "8080 ", ""] {
        assert!(port(text).unwrap_err().contains("from 1 to 65535"), "{text:?}");
    }
    assert_eq!(port_or_any("0"), Ok(0));
    assert_eq!(port_or_any("1"), Ok(1));
}

#[test]
fn seconds_are_from_a_millisecond_to_a_day() {
    assert_eq!(seconds::parse("0.001"), Ok(Duration::from_millis(1)));
    assert_eq!(seconds::parse("86400"), Ok(Duration::from_secs(86_400)));
    for text in ["0", "-1", "86401", "nan", "inf", "5s", ""] {
        assert!(seconds::parse(text).unwrap_err().contains("from 0.001 to 86400"), "{text:?}");
    }
}

#[test]
fn what_cannot_be_the_address_of_a_machine_is_told_with_the_reason() {
    let cause = |ip: &str, prefix| doubt(ip.parse().unwrap(), prefix).map(|doubt| doubt.cause);
    for (ip, prefix, reason) in [
        ("0.1.2.3", None, "begins with 0"),
        ("127.0.0.1", Some(8), "it is loopback"),
        ("127.255.0.9", None, "it is loopback"),
        ("224.0.0.1", None, "multicast"),
        ("239.1.2.3", None, "multicast"),
        ("240.0.0.1", None, "reserved"),
        ("255.0.255.0", None, "reserved"),
        ("255.255.255.255", None, "all machines"),
        ("255.0.0.0", None, "it is a netmask"),
        ("255.255.255.0", None, "it is a netmask"),
        ("255.255.255.252", None, "it is a netmask"),
        ("10.1.3.0", None, "ends in 0 is most often the network's own address"),
        ("10.1.3.255", None, "ends in 255 is most often the network's broadcast address"),
        ("10.1.0.0", Some(16), "prefix is 16, it is the network's own"),
        ("10.1.255.255", Some(16), "broadcast"),
        ("10.1.3.63", Some(26), "broadcast"),
        ("192.168.1.0", Some(24), "the network's own address"),
        ("192.168.1.255", Some(24), "broadcast"),
        ("192.168.1.3", Some(30), "broadcast"),
        ("::", None, "it means no address yet"),
        ("::1", None, "it is loopback"),
        ("ff02::1", None, "multicast"),
        ("2001:db8::", Some(64), "the network's own address"),
        ("2001:db8::4", Some(126), "the network's own address"),
        ("::ffff:192.168.1.36", None, "in the form of an IPv6 address"),
    ] {
        let cause = cause(ip, prefix).unwrap_or_default();
        assert!(cause.contains(reason), "{ip} {prefix:?}: {cause:?}");
    }
    // Networks of two machines have neither (RFC 3021, RFC 6164).
    for (ip, prefix) in [
        ("192.168.1.36", Some(24)),
        ("192.168.1.255", Some(16)),
        ("10.1.3.255", Some(16)),
        ("10.1.3.0", Some(16)),
        ("192.168.1.0", Some(31)),
        ("192.168.1.1", Some(31)),
        ("192.168.1.0", Some(32)),
        ("223.255.255.1", Some(24)),
        ("1.0.0.1", Some(8)),
        ("2001:db8::", Some(127)),
        ("2001:db8::1", Some(64)),
        ("2001:db8::", Some(128)),
        ("fe80::1", Some(64)),
    ] {
        assert_eq!(cause(ip, prefix), None, "{ip} {prefix:?}");
    }
}
