//! A submission in Rust that wants to take something of the grader's into its program.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A right chat, which takes something into itself while it is compiled.
fn chat_with(takes: &str) -> String {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lab/submissions/right/ex3-chat/in-rust.rs");
    fs::read_to_string(gallery).unwrap() + takes
}

#[test]
#[ignore = "needs namespaces"]
fn the_compiler_finds_nothing_of_the_graders() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    fs::write(&secret, "the grader's secret").unwrap();
    let include = |file: &Path| format!("\nconst _: &[u8] = include_bytes!({file:?});\n");
    for (student, takes) in [
        ("honest", "\nconst _: () = assert!(option_env!(\"SECRET_TOKEN\").is_none());\n".to_string()),
        ("secret", include(&secret)),
        ("passwords", include(Path::new("/etc/passwd"))),
        ("environment", include(Path::new("/proc/self/environ"))),
    ] {
        fs::create_dir_all(folder.path().join("class").join(student)).unwrap();
        fs::write(folder.path().join("class").join(student).join("chat.rs"), chat_with(&takes)).unwrap();
    }
    let mut grade = Command::new(env!("CARGO_BIN_EXE_grader"));
    grade.args(["ex3-chat", "class", "--json", "class.json"]).current_dir(folder.path());
    let output = grade.env("SECRET_TOKEN", "a secret in the environment").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let class = fs::read_to_string(folder.path().join("class.json")).unwrap_or_else(|e| panic!("{e}: {said}"));
    let class: Value = serde_json::from_str(&class).unwrap();
    for student in class["students"].as_array().unwrap() {
        let test = &student["exercises"][0]["tests"][0];
        let summary = test["report"]["summary"].as_str().unwrap_or_default();
        match student["name"].as_str().unwrap() {
            "honest" => assert_eq!(test["verdict"], "pass", "{summary}"),
            // Its own environment is no secret: there is nothing of the grader's in it.
            "environment" => assert_ne!(test["verdict"], "could-not-grade", "{summary}"),
            name => assert!(
                summary.contains("it does not compile: ") && summary.contains("couldn't read"),
                "{name}: {summary}"
            ),
        }
    }
}
