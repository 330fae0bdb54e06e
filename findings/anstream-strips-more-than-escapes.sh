#!/usr/bin/env bash
# anstream 1.0.0 takes escape sequences, such as colours, out of a text: anstream::adapter::strip_str. One expects it to leave all else as
# it is. It also takes out control characters that are no escape sequence, among them the NUL of a buffer that was sent whole, BEL,
# backspace, and DEL; tab, line feed and carriage return stay. What is shown of a program's output then lacks the very bytes that are wrong.
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
anstream = { version = "=1.0.0", default-features = false }
[workspace]
END
cat >"$folder/src/main.rs" <<'END'
fn main() {
    let text = "\u{1b}[32mgreen\u{1b}[0m a\0b\u{7}c\u{8}d\u{7f}e\tf\r\n";
    println!("{:?}", anstream::adapter::strip_str(text).to_string());
}
END
seen=$(cargo run --quiet --manifest-path "$folder/Cargo.toml")

echo "anstream 1.0.0, a green word and a NUL, BEL, backspace and DEL between letters"
echo 'expected: "green a\0b\u{7}c\u{8}d\u{7f}e\tf\r\n"'
echo "seen:     $seen"
# Seen: "green abcde\tf\r\n"
[ "$seen" = '"green abcde\tf\r\n"' ]
