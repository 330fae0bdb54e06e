#!/usr/bin/env bash
# The Rust crate shell-words 1.1.1 quotes words "for a Unix shell". One expects that a shell gives each word back as it was. bash expands
# braces, which are no part of POSIX, and `quote` leaves them bare: one word comes back as two. sh (dash) gives it back as it was.
#
# Needs cargo, bash, dash, and crates.io. Works in a folder of its own. Fails if what happens is no longer so.
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
shell-words = "=1.1.1"
[workspace]
END
cat >"$folder/src/main.rs" <<'END'
fn main() {
    print!("{}", shell_words::quote("a{b,c}"));
}
END
quoted=$(cargo run --quiet --manifest-path "$folder/Cargo.toml")
in_bash=$(bash -c "printf '[%s]' $quoted")
in_dash=$(dash -c "printf '[%s]' $quoted")

echo "shell-words 1.1.1, bash ${BASH_VERSION}"
echo "quoted:  $quoted"
echo "bash:    $in_bash   expected [a{b,c}]"
echo "dash:    $in_dash"
# Seen: quoted a{b,c}, bash [ab][ac], dash [a{b,c}]
[ "$quoted" = 'a{b,c}' ] && [ "$in_bash" = '[ab][ac]' ] && [ "$in_dash" = '[a{b,c}]' ]
