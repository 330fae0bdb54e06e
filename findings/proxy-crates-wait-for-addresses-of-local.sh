#!/usr/bin/env bash
# The PROXY protocol, version 2: a balancer that calls in its own name says LOCAL, and the receiver "must accept this connection as valid"
# and "discard the protocol block including the family which is ignored" (section 2.2). One expects a crate for the protocol to take
# every LOCAL header. Where one names a family (here IPv4) and has no addresses, proxy-header 0.1.3 asks for more bytes, which never
# come; ppp 2.3.0 calls it no header at all; proxy-protocol 0.5.0 calls it too short. A server then closes the balancer's health check.
#
# Needs cargo and crates.io. Works in a folder of its own. Fails if what happens is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'END'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"
[dependencies]
proxy-header = "=0.1.3"
ppp = "=2.3.0"
proxy-protocol = "=0.5.0"
[workspace]
END
cat >"$folder/src/main.rs" <<'END'
fn main() {
    for rest in [b"\x20\x00\0\0", b"\x20\x11\0\0"] {
        let header = [b"\r\n\r\n\0\r\nQUIT\n", &rest[..]].concat();
        println!(
            "{:?} {} {}",
            proxy_header::ProxyHeader::parse(&header, Default::default()).map(|(header, _)| header.proxied_address().is_none()),
            matches!(ppp::HeaderResult::parse(&header), ppp::HeaderResult::V2(Ok(_))),
            proxy_protocol::parse(&mut &header[..]).is_ok(),
        );
    }
}
END
seen=$(cargo run --quiet --manifest-path "$folder/Cargo.toml")

echo 'LOCAL without a family, and LOCAL with the family IPv4 and no addresses: proxy-header, ppp, proxy-protocol'
echo 'expected: Ok(true) true true'
echo '          Ok(true) true true'
echo "seen:     ${seen/$'\n'/$'\n'          }"
# Seen: the second line is Err(BufferTooShort) false false
[ "$seen" = $'Ok(true) true true\nErr(BufferTooShort) false false' ]
