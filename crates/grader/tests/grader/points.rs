//! `exercises.toml` has the points of every test.

use crate::support::grade::{Folder, exercise};

/// "each `required` test of each exercise has its points, and no entry is stale": grading begins with that.
#[test]
fn every_test_has_its_points_and_they_add_up_to_ten() {
    let folder = Folder::new();
    folder.write("class/ana/session-08/readme.txt", "nothing yet\n");
    folder.write("class/ana/crates/ips/Cargo.toml", "");
    folder.write("class/ana/crates/ex2-ping/Cargo.toml", "");
    folder.write("class/ana/session-08/client.kt", "");
    let class = folder.graded(&["class"], 0);
    for (name, of) in [("ips", 20), ("ex2-ping", 20), ("client", 10), ("ex3-chat", 10), ("server", 10)] {
        let tests = exercise(&class, "ana", name)["tests"].as_array().unwrap();
        let quarters: u64 = tests.iter().map(|test| test["of"].as_u64().unwrap()).sum();
        // A table and the program that fills it in have ten each.
        assert_eq!(quarters, 4 * of, "{name}");
        assert!(tests.iter().all(|test| test["points"] == 0 && !test["report"].is_null()), "{name}: {tests:#?}");
    }
}
