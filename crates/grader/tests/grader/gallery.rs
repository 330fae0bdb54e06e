//! Programs of the gallery through `cargo grade`, in its sandbox.
#![cfg(target_os = "linux")]

mod killed;
mod verdicts;

use crate::support::grade::{Folder, exercise, quarters, verdicts};
use std::fs;
use std::path::Path;

/// Programs as students hand them in, right ones and wrong ones.
const GALLERY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../lab/submissions");

/// A program of the gallery.
fn program(path: &str) -> String {
    fs::read_to_string(Path::new(GALLERY).join(path)).unwrap()
}

/// "does nothing 0, connects and closes ½, one message and ends 7, one connection for all 9, right 10"; a server that answers nobody
/// earns nothing; one in Rust that does not compile is not judged, and the compiler's first error is told.
#[test]
#[ignore = "gallery: needs python3, namespaces and half a minute; run by .ci/run"]
fn gallery_of_points() {
    let folder = Folder::new();
    let hand_in = |student: &str, file: &str, text: &str| folder.write(&format!("class/{student}/{file}"), text);
    hand_in("nothing", "Ex3.py", "import time\ntime.sleep(600)\n");
    hand_in("connects", "Ex3.py", &program("wrong/ex3-chat/sends-nothing.py"));
    hand_in("one", "ex03_chat.py", &program("wrong/ex3-chat/only-the-first.py"));
    hand_in("shared", "chat.py", &program("wrong/ex3-chat/one-socket-for-all.py"));
    hand_in("right", "Ex3.py", &program("right/ex3-chat/the-lessons-own-way.py"));
    hand_in("rust", "chat.rs", &program("right/ex3-chat/in-rust.rs"));
    hand_in("broken", "chat/Cargo.toml", "[package]\nname = \"ex3-chat\"\n\n[dependencies]\nrand = \"1\"\n");
    hand_in("broken", "chat/src/main.rs", "fn main() {\n    connect(\"127.0.0.1\", 8080);\n}\n");
    hand_in("broken", "chat/build.rs", "fn main() {}\n");
    hand_in("silent", "server.py", &program("wrong/server/no-answer.py"));

    let mut command = assert_cmd::cargo::cargo_bin_cmd!("grader");
    command.args(["class", "--json", "class.json"]).current_dir(folder.path()).assert().code(0);
    let class = folder.json("class.json");
    let points = |student: &str| quarters(exercise(&class, student, "ex3-chat"));
    assert_eq!(["nothing", "connects", "one", "shared", "right", "rust"].map(points), [0, 2, 28, 36, 40, 40]);
    assert_eq!(quarters(exercise(&class, "silent", "server")), 0);

    let broken = exercise(&class, "broken", "ex3-chat");
    assert!(verdicts(broken).iter().all(|(_, verdict)| *verdict == "not-judged"), "{broken:#}");
    let summary = broken["tests"][0]["report"]["summary"].as_str().unwrap();
    assert!(
        summary.starts_with("it does not compile: src/main.rs, line 2: cannot find function `connect`"),
        "{summary}"
    );
    let notes = broken["notes"].to_string();
    for not_used in ["a build script", "it depends on rand"] {
        assert!(notes.contains(not_used), "{notes}");
    }
}
