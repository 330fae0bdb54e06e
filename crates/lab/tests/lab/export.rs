//! `cargo lab export`. That what it writes builds and passes, `.ci/run copy` shows.

use crate::support::workspace::{files, read, root};
use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use std::fs;
use std::path::Path;

fn export(exercise: &str, folder: &Path) -> Command {
    let mut command = cargo_bin_cmd!("lab");
    command.args(["export", exercise]).arg(folder);
    command
}

#[test]
fn the_folder_holds_the_exercise_with_common_inside_and_a_workspace_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("new/chat");
    export("ex3-chat", &folder).assert().code(0).stdout(contains("ex3-chat is in ").and(contains("cargo test")));
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("common = { path = \"common\"") && manifest.contains("\n[workspace]\n"), "{manifest}");
    assert!(!manifest.contains("binstall"), "it has no releases: {manifest}");
    for file in [
        "src/main.rs",
        "tests/contract/required.rs",
        "README.md",
        "common/src/lib.rs",
        "common/Cargo.toml",
        ".gitignore",
    ] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    let lock = fs::read_to_string(folder.join("Cargo.lock")).unwrap();
    assert!(lock.contains("name = \"rustyline\"") && !lock.contains("name = \"lab\""), "what it needs and no more");
}

/// The command that is printed is typed as it is.
#[test]
fn the_folder_is_named_as_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["my chat", "it's $HOME"] {
        let path = folder.path().join(name);
        let done = export("client", &path).assert().code(0);
        let told = String::from_utf8(done.get_output().stdout.clone()).unwrap();
        let command = told.split_once("Try it: ").unwrap().1.replace("cargo test", "test -f Cargo.toml");
        assert!(
            !cfg!(unix) || std::process::Command::new("sh").args(["-c", &command]).status().unwrap().success(),
            "{told}"
        );
    }
    #[cfg(unix)]
    for (command, arguments) in [("export", &["client"][..]), ("release", &[])] {
        let mut lab = cargo_bin_cmd!("lab");
        let done = lab.arg(command).args(arguments).arg(folder.path().join(format!("{command} \u{1b}[2J"))).assert();
        done.code(0).stdout(contains("\u{1b}").not().and(contains("\\x1b[2J' && cargo test")));
    }
}

/// "Refuses to write over a student's work (`--force` says what it will overwrite)."
#[test]
fn a_students_work_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    export("client", folder.path()).assert().code(0);
    export("client", folder.path()).assert().code(0).stdout(contains("written over").not());
    let work = folder.path().join("src/main.rs");
    fs::write(&work, "// a night of work").unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    export("client", folder.path()).assert().code(1).stdout("").stderr(
        contains(
            " holds something else already, and is left as it is\ncause: 1 files would be written over: src/main.rs\n",
        )
        .or(contains("src\\\\main.rs")),
    );
    assert_eq!(fs::read_to_string(&work).unwrap(), "// a night of work");
    export("client", folder.path()).arg("--force").assert().code(0).stdout(contains("written over: src"));
    assert!(fs::read_to_string(&work).unwrap().contains("fn main()"));
    assert_eq!(fs::read_to_string(folder.path().join("notes.txt")).unwrap(), "mine");
}

#[test]
fn an_exercise_that_there_is_not_is_told_with_those_that_there_are() {
    for name in ["chat", "lab", "common", "../crates/client"] {
        let folder = tempfile::tempdir().unwrap();
        export(name, folder.path()).assert().code(1).stderr(
            contains(format!("error: there is no exercise {name}\n"))
                .and(contains("take one of these: ips, ex2-ping, client, ex3-chat, server, nc\n")),
        );
    }
}

/// The solutions stand in this workspace.
#[test]
fn nothing_is_written_into_this_workspace() {
    let root = root();
    for folder in ["crates/client", "crates/new", ".", ".."] {
        let folder = root.join(folder);
        let before = fs::read_to_string(root.join("crates/client/src/main.rs")).unwrap();
        let refused = export("client", &folder).args(["--starter", "--force"]).assert().code(1);
        refused.stderr(contains(" is not written to\ncause: it belongs to the workspace with the solutions\n"));
        assert_eq!(fs::read_to_string(root.join("crates/client/src/main.rs")).unwrap(), before);
        assert!(!root.join("crates/new").exists());
    }
}

/// Of what is behind a folder that is still to be made nothing can be seen before it is made.
#[test]
fn a_way_back_out_of_a_folder_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("elsewhere/src/main.rs");
    fs::create_dir_all(work.parent().unwrap()).unwrap();
    fs::write(&work, "// a night of work").unwrap();
    let root = root().canonicalize().unwrap();
    let up = "../".repeat(folder.path().components().count());
    let workspace = format!("new/{up}{}", root.join("crates/new").display().to_string().trim_start_matches('/'));
    for way in ["new/../elsewhere", "new/deep/../../elsewhere", &workspace] {
        for force in [None, Some("--force")] {
            let refused = export("client", &folder.path().join(way)).args(force).assert().code(1).stdout("");
            refused
                .stderr(contains("is not written to\ncause: it leads through ").and(contains("which is not there\n")));
            let mut release = cargo_bin_cmd!("lab");
            release.arg("release").arg(folder.path().join(way)).args(force).assert().code(1);
        }
    }
    assert_eq!(fs::read_to_string(&work).unwrap(), "// a night of work");
    assert!(!folder.path().join("new").exists() && !root.join("crates/new").exists(), "something is left behind");
    // Out of one that is there it is as good as any other.
    fs::create_dir(folder.path().join("old")).unwrap();
    export("client", &folder.path().join("old/../free")).assert().code(0);
    assert!(folder.path().join("free/src/main.rs").is_file());
    // As the page has it: beside the folder in which it is typed.
    let mut beside = cargo_bin_cmd!("lab");
    beside.args(["export", "client", "../beside", "--starter"]).current_dir(folder.path().join("old")).assert().code(0);
    assert!(folder.path().join("beside/src/main.rs").is_file());
}

/// Of what is there nothing is lost, nothing is written elsewhere, and nothing is written at all if something cannot be.
#[test]
fn what_stands_in_the_way_is_told_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("src/main.rs")).unwrap();
    let refused = export("client", folder.path()).arg("--force").assert().code(1);
    refused.stderr(contains("main.rs is in the way\n").and(contains("nothing was written")));
    assert!(!folder.path().join("Cargo.toml").exists());

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.lock"), "mine").unwrap();
    export("client", folder.path()).assert().code(1).stderr(contains("1 files would be written over: Cargo.lock\n"));
    assert_eq!(fs::read_to_string(folder.path().join("Cargo.lock")).unwrap(), "mine");
}

#[test]
#[cfg(unix)]
fn a_link_is_not_followed() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    symlink(elsewhere.path(), folder.path().join("src")).unwrap();
    export("client", folder.path()).arg("--force").assert().code(1).stderr(contains("src is in the way\n"));
    fs::remove_file(folder.path().join("src")).unwrap();
    symlink(elsewhere.path().join("nothing"), folder.path().join("README.md")).unwrap();
    export("client", folder.path()).arg("--force").assert().code(1).stderr(contains("README.md is in the way\n"));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

/// One that the lock file had to name and this computer does not have, say.
#[test]
#[cfg(unix)]
fn what_cargo_calls_an_error_is_the_cause_and_not_its_warnings() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let cargo = folder.path().join("cargo");
    fs::write(&cargo, "#!/bin/sh\necho 'warning: be careful\nerror: no matching package\nmore' >&2\nexit 101\n")
        .unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let failed = export("client", &folder.path().join("new")).env("CARGO", &cargo).assert().code(1);
    failed.stderr(
        "error: the lock file of what is exported could not be made\n\
         cause: no matching package\n\
         next:  type cargo fetch here once, with the Internet\n",
    );
    assert!(!folder.path().join("new").exists());
}

/// A starter that is written over a solution.
#[test]
fn sources_that_are_left_from_before_are_told() {
    let folder = tempfile::tempdir().unwrap();
    export("ex3-chat", folder.path()).assert().code(0);
    // In folders that get no file.
    for deep in ["src/log/deep", "tests/old", "notes"] {
        fs::create_dir_all(folder.path().join(deep)).unwrap();
        fs::write(folder.path().join(deep).join("entry.rs"), "mod x;").unwrap();
    }
    let over = export("ex3-chat", folder.path()).args(["--starter", "--force"]).assert().code(0);
    let told = String::from_utf8(over.get_output().stdout.clone()).unwrap().replace('\\', "/");
    assert!(told.contains("written over: src/main.rs\n"), "{told}");
    let left: Vec<&str> =
        told.lines().filter_map(|line| line.strip_prefix("left there, and not a part of it: ")).collect();
    for name in ["src/failures.rs", "src/log/deep/entry.rs", "tests/old/entry.rs"] {
        assert_eq!(left.iter().filter(|left| **left == name).count(), 1, "{name}: {told}");
    }
    assert!(!told.contains("notes"), "no source of the exercise: {told}");
}

/// "the solution as it is", and nothing of its starter.
#[test]
fn a_solution_is_whole_and_a_starter_has_what_it_reaches() {
    let folder = tempfile::tempdir().unwrap();
    let (solution, starter) = (folder.path().join("solution"), folder.path().join("starter"));
    export("ex3-chat", &solution).assert().code(0);
    export("ex3-chat", &starter).arg("--starter").assert().code(0);
    let here = root().join("crates/ex3-chat");
    let mut original = files(&here);
    original.retain(|name, _| {
        !name.ends_with("starter.rs") && !name.ends_with("STARTER.md") && !name.ends_with("Cargo.toml")
    });
    let (solution, starter) = (files(&solution), files(&starter));
    for (name, text) in &original {
        assert_eq!(solution.get(name), Some(text), "{}", name.display());
    }
    assert!(!solution.keys().any(|name| name.ends_with("starter.rs") || name.ends_with("STARTER.md")));
    let own = starter.keys().filter(|name| name.starts_with("src") || name.starts_with("tests"));
    let own: Vec<String> = own.map(|name| name.to_string_lossy().replace('\\', "/")).collect();
    assert_eq!(
        own,
        [
            "src/input/lines.rs",
            "src/input/person.rs",
            "src/input.rs",
            "src/main.rs",
            "src/options.rs",
            "tests/contract/main.rs",
            "tests/contract/required/the_message.rs",
            "tests/contract/required/the_socket.rs",
            "tests/contract/required.rs"
        ]
    );
    for (to, from) in [("src/main.rs", "src/starter.rs"), ("README.md", "STARTER.md")] {
        assert_eq!(starter[Path::new(to)], read(here.join(from)));
    }
    for manifest in [&solution, &starter].map(|files| &files[Path::new("Cargo.toml")]) {
        assert!(!manifest.contains("[[example]]") && manifest.contains("rustyline = "), "{manifest}");
    }
}
