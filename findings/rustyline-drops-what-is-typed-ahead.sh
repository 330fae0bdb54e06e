#!/usr/bin/env bash
# rustyline 18.0.1 reads lines at a terminal. One expects of a line editor what the terminal itself does: a line that is typed before its
# prompt comes waits there. Three lines written to the terminal at once: readline() gives the first, and what its buffer held behind it is
# gone; the second prompt waits. With the feature `buffer-redux`, which is off by default, all three come.
#
# Needs cargo, script (util-linux), and crates.io. Works in a folder of its own. Fails if what happens is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/src/main.rs" <<'END'
fn main() {
    let mut editor = rustyline::DefaultEditor::new().unwrap();
    while let Ok(line) = editor.readline("> ") {
        println!("got {line}");
        // Time for all that was written to be there.
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
}
END
# lines FEATURES: what is read of three lines that are there at once, one after another on a line
lines() {
  cat >"$folder/Cargo.toml" <<END
[package]
name = "finding"
version = "0.0.0"
edition = "2021"
[dependencies]
rustyline = { version = "=18.0.1", default-features = false, features = [$1] }
[workspace]
END
  cargo build --quiet --manifest-path "$folder/Cargo.toml"
  # The keys come when the prompt is there; then the terminal stays open for a while.
  { sleep 1; printf 'm1\rm2\rm3\r'; sleep 3; } |
    timeout 10 script -q -c "stty cols 80; '$folder/target/debug/finding'" /dev/null 2>/dev/null |
    grep -ao 'got m[0-9]' | tr '\n' ' ' || true
}
default=$(lines '')
redux=$(lines '"buffer-redux"')

echo "rustyline 18.0.1, m1 m2 m3 written to the terminal at once"
echo "default:       $default  expected got m1 got m2 got m3"
echo "buffer-redux:  $redux"
# Seen: default "got m1 ", buffer-redux "got m1 got m2 got m3 "
[ "$default" = 'got m1 ' ] && [ "$redux" = 'got m1 got m2 got m3 ' ]
