//! Tests of `src/board/invited.rs`, from inside.

use super::Invited;
use common::interfaces::OwnAddress;

fn own(ip: &str) -> Vec<OwnAddress> {
    vec![OwnAddress { ip: ip.parse().unwrap(), interface: "wlan0".to_string() }]
}

#[test]
fn another_network_is_another_address() {
    let invited = Invited::new("0.0.0.0:8080".parse().unwrap(), &own("127.0.0.1"));
    assert_eq!(invited.shown(), ("On this computer type", "nc 127.0.0.1 8080".to_string()));
    invited.note(&own("10.1.0.1"));
    assert_eq!(invited.shown(), ("The students type", "nc 10.1.0.1 8080".to_string()));
    invited.note(&[]);
    assert_eq!(invited.shown(), ("The students type", "nc 10.1.0.1 8080".to_string()));
}
