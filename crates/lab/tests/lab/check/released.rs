//! The repository that `cargo lab release` makes: what is written there, and what a clone of it needs.

use super::{Folder, IPS, PINGS};
use crate::release::release;
use crate::starters::with_beginners_lines;
use crate::support::workspace::{Exercise, read};
use std::fs;

/// As the student gets it, all pushed.
fn released() -> Folder {
    let folder = Folder::new(&[]);
    release(&folder.path());
    folder.commit();
    folder.push();
    folder
}

fn write_all(folder: &Folder) {
    for exercise in ["ips", "ex2-ping", "client", "ex3-chat", "server"] {
        folder.write(&format!("crates/{exercise}/src/main.rs"), "//! Written.\n\nfn main() {}\n");
    }
    folder.write("session-08/IPs.txt", IPS);
    folder.write("session-08/Ex2.txt", PINGS);
}

#[test]
fn every_program_that_is_to_be_written_has_its_row() {
    let folder = released();
    let (_, rows) = folder.git_row();
    let names: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["ips", "IPs", "ex2-ping", "Ex2", "chat", "server", "client"]);
    for row in &rows {
        assert_ne!(row["state"], "done", "{row:#}");
        // Nor is a program named that is not written.
        assert!(!row["next"].to_string().contains("cargo run"), "{row:#}");
    }
    write_all(&folder);
    for exercise in ["ips", "ex2-ping"] {
        assert_eq!(folder.deliverable(exercise)["state"], "done");
        fs::remove_dir_all(folder.path().join("crates").join(exercise)).unwrap();
        assert_eq!(folder.deliverable(exercise)["state"], "not written yet", "the list is no greener without it");
    }
    // Where the program is written its command is right.
    let folder = released();
    folder.write("crates/ips/src/main.rs", "fn main() {}\n");
    assert!(folder.deliverable("IPs")["next"].as_str().unwrap().starts_with("cargo run -q -p ips -- --save"));
    assert!(folder.deliverable("Ex2")["next"].as_str().unwrap().contains("write the program in"));
}

/// The client is a step on the way to the chat, and need not be handed in: it comes first where neither is begun.
#[test]
fn the_next_step_is_the_lessons() {
    let folder = released();
    let next = |folder: &Folder| folder.json()["next"].as_str().unwrap().to_string();
    for (exercise, expected) in [
        ("", "crates/ips/src/main.rs"),
        ("ips", "crates/ex2-ping/src/main.rs"),
        ("ex2-ping", "crates/client/src/main.rs"),
        ("client", "crates/ex3-chat/src/main.rs"),
        ("ex3-chat", "crates/server/src/main.rs"),
    ] {
        let table = [("ips", "IPs.txt", IPS), ("ex2-ping", "Ex2.txt", PINGS)].into_iter().find(|one| one.0 == exercise);
        if let Some((_, file, text)) = table {
            folder.write(&format!("session-08/{file}"), text);
        }
        if !exercise.is_empty() {
            folder.write(&format!("crates/{exercise}/src/main.rs"), "fn main() {}\n");
        }
        assert!(next(&folder).contains(expected), "after {exercise}: {}", next(&folder));
    }
    // A chat that is begun goes on, whatever became of the client.
    let folder = released();
    write_all(&folder);
    let client = read("crates/client/src/starter.rs");
    folder.write("crates/client/src/main.rs", client);
    folder.write("crates/server/src/main.rs", read("crates/server/src/starter.rs"));
    assert!(next(&folder).contains("crates/server/src/main.rs"), "{}", next(&folder));
}

/// One who has done nothing yet reads where to begin, and each line once; one who has begun reads what is open in it.
#[test]
fn where_nobody_has_begun_it_says_where_to_begin() {
    let folder = released();
    let shown =
        |folder: &Folder| String::from_utf8(folder.check().assert().code(1).get_output().stdout.clone()).unwrap();
    let list = shown(&folder);
    let lesson = folder.path().join("session-08/README.md").display().to_string();
    assert!(
        list.contains("\nNothing is done yet. The lesson takes you through all of this, in this order:\n"),
        "{list}"
    );
    assert!(list.ends_with(&format!("; next: read {lesson} from its beginning\n")), "{list}");
    let places =
        ["program ips", "table of IPs", "program ex2-ping", "ping times", "first client", "the chat", "own server"]
            .map(|title| list.find(title).unwrap_or_else(|| panic!("no {title}: {list}")));
    assert!(places.is_sorted(), "{list}");
    assert!(!list.contains("    open") && !list.contains("    note"), "{list}");
    folder.write("crates/ips/src/main.rs", "fn main() {}\n");
    let list = shown(&folder);
    assert!(!list.contains("Nothing is done yet") && list.contains("    open"), "{list}");
}

/// The starters' own checks, which say at the start that nothing is written, may stay where they are.
#[test]
fn a_starter_with_a_beginners_lines_is_written() {
    let folder = Folder::new(&[]);
    for exercise in Exercise::all() {
        let name = exercise.name();
        let row = if name == "ex3-chat" { "chat" } else { name };
        let starter = read(exercise.folder().join("src/starter.rs"));
        for file in ["Cargo.toml", "src/main.rs"] {
            folder.write(&format!("crates/{name}/{file}"), "");
        }
        let state = |program: &str| {
            folder.write(&format!("crates/{name}/src/main.rs"), program);
            folder.deliverable(row)["state"].as_str().unwrap().to_string()
        };
        assert_eq!(state(&starter), "not written yet", "{name}");
        let written = with_beginners_lines(name, &starter);
        assert_eq!(state(&written), "done", "{name}: {written}");
        // One part of two: the other one's line is still there.
        for placeholder in starter.lines().filter(|line| line.trim().starts_with("let _ = ")) {
            assert_eq!(state(&starter.replace(placeholder, "")), "not written yet", "{name} without {placeholder}");
        }
    }
}

#[test]
fn the_course_in_python_has_no_such_rows() {
    let (_, rows) = Folder::complete().git_row();
    assert_eq!(rows.len(), 5);
}

/// Each of these alone is enough for a clone that does not build, or fails its tests.
#[test]
fn the_advice_adds_all_that_counts() {
    let main = "crates/ex2-ping/src/main.rs";
    let folder = released();
    write_all(&folder);
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "-q", "-m", "written"]);
    folder.git(&["push", "-q"]);
    let files = [
        main,
        "crates/ex2-ping/src/echo.rs",
        "crates/ips/Cargo.toml",
        "crates/common/src/lib.rs",
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
    ];
    for file in files {
        folder.write(file, "# changed\n");
        let git = folder.assert_open(&[&format!("not committed: {file}: git add ")]);
        folder.bash(&format!("{} && test -z \"$(git status --porcelain)\"", git["next"].as_str().unwrap()));
    }
    folder.follow_advice(&files);
    // All at once, from the first commit on, as if the teacher had given a folder.
    let folder = Folder::new(&[]);
    release(&folder.path());
    write_all(&folder);
    let (git, _) = folder.git_row();
    assert_eq!(git["next"], "git init -b main && git add . && git commit -m \"Session 08\"");
    folder.git(&["init", "-q", "--bare", "-b", "main", "../remote.git"]);
    folder.bash("git init -q -b main && git remote add origin ../remote.git");
    folder.follow_advice(&[
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
        "crates/common/src/lib.rs",
        main,
        "crates/ips/tests/contract/required.rs",
    ]);
}

#[test]
fn a_part_of_a_crate_that_is_kept_out_is_told() {
    let folder = released();
    write_all(&folder);
    folder.git(&["rm", "-q", "--cached", "-r", "crates/common/src", "crates/ips/tests"]);
    folder.write(".git/info/exclude", "crates/common/src\ntests\n");
    folder.git(&["add", "crates", "session-08"]);
    folder.git(&["commit", "-q", "-m", "less"]);
    folder.git(&["push", "-q"]);
    folder.assert_open(&[".gitignore keeps out: crates/"]);
    folder.follow_advice(&["crates/common/src/lib.rs", "crates/ips/tests/contract/required.rs"]);
}
