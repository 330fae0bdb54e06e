//! Built without the feature `board`.

use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::TIME_LIMIT;
use predicates::str::contains;

#[test]
fn there_is_no_board() {
    let mut server = cargo_bin_cmd!();
    server.args(["127.0.0.1", "0", "--board"]).timeout(TIME_LIMIT);
    server.assert().code(2).stdout("").stderr(contains("unexpected argument '--board'"));
}
