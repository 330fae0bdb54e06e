#!/usr/bin/env bash
# The Rust crate http 1.5.0 has two `HeaderMap::extend`. That of another HeaderMap replaces fields of the same name, as `extend` of any map
# does and as its example shows. One expects the same of an array of pairs, for which nothing is said. It appends: each field is sent
# twice, say `cache-control: no-cache` of axum's events beside one's own `no-store`. `insert` replaces.
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
http = "=1.5.0"
[workspace]
END
cat >"$folder/src/main.rs" <<'END'
use http::header::{HeaderMap, HeaderValue, CACHE_CONTROL};

fn shown(headers: &HeaderMap) -> String {
    let values: Vec<_> = headers.get_all(CACHE_CONTROL).iter().map(|value| value.to_str().unwrap()).collect();
    values.join(" and ")
}

fn main() {
    let mut before = HeaderMap::new();
    before.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let pair = (CACHE_CONTROL, HeaderValue::from_static("no-store"));

    let mut with_map = before.clone();
    with_map.extend(HeaderMap::from_iter([pair.clone()]));
    let mut with_pairs = before;
    with_pairs.extend([pair]);
    println!("by a map: {}; by pairs: {}", shown(&with_map), shown(&with_pairs));
}
END
result=$(cargo run --quiet --manifest-path "$folder/Cargo.toml")

echo "http 1.5.0, no-cache extended by no-store"
echo "$result"
echo "expected by pairs: no-store"
# Seen:
[ "$result" = 'by a map: no-store; by pairs: no-cache and no-store' ]
