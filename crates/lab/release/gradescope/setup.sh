#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image in which submissions are graded. Submissions have no network there: all
# that grading needs is installed and built here.
set -euo pipefail

# python3 runs what most students hand in. Add what else yours use: default-jdk, nodejs, gcc.
apt-get update
apt-get install -y --no-install-recommends build-essential ca-certificates curl iproute2 nftables python3

curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal --no-modify-path
export PATH="$HOME/.cargo/bin:$PATH"

cd "${AUTOGRADER:-/autograder}/source/kit"
cargo fetch --locked
# Grading one program builds the tests of its exercise.
sed -n 's/^name = "\(.*\)"$/\1/p' exercises.toml | while read -r exercise; do
  cargo grade "$exercise" -- true </dev/null || [ $? -eq 3 ]
done
