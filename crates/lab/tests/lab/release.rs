//! `cargo lab release`: what is in the students' repository, and what is not.

mod repository;

use crate::support::workspace::{Exercise, code, files, read, root};
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub fn release(folder: &Path) {
    cargo_bin_cmd!("lab").arg("release").arg(folder).assert().code(0).stdout(contains("cargo test -p client"));
}

/// Shorter lines are in any program: `loop {`, `Ok(())`, `let mut buffer = [0; 2048];`.
const MIN_TELLING_LEN: usize = 28;

/// A line without the marks of a comment or a list: what is commented out is still there.
fn bare(line: &str) -> &str {
    line.trim_start_matches(['/', '!', '#', '-', '>', '|', '*', '`', ' ']).trim_end_matches(['|', '`', ' '])
}

/// The sources that a starter reaches by its lines `mod name;`, itself among them.
fn reached(sources: &BTreeMap<PathBuf, String>, file: &Path) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::from([file.to_path_buf()]);
    for line in sources[file].lines() {
        let Some(module) = line.trim_start_matches("pub ").strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'))
        else {
            continue;
        };
        let folder = if file == Path::new("starter.rs") { PathBuf::new() } else { file.with_extension("") };
        all.extend(reached(sources, &folder.join(format!("{module}.rs"))));
    }
    all
}

/// For each exercise its telling lines: those of the solution's own files that no file has which is meant for the students.
fn secrets() -> BTreeMap<String, BTreeSet<String>> {
    let (mut own, mut given) = (BTreeMap::<_, BTreeSet<String>>::new(), BTreeSet::new());
    let give = |given: &mut BTreeSet<String>, text: &str| given.extend(text.lines().map(|line| bare(line).to_string()));
    let give_all = |given: &mut BTreeSet<String>, folder: PathBuf| {
        for text in files(&folder).values() {
            give(given, text);
        }
    };
    for whole in ["common", "nc", "handin", "lab/src/check", "lab/release"] {
        give_all(&mut given, root().join("crates").join(whole));
    }
    for exercise in Exercise::all() {
        let sources = files(&exercise.folder().join("src"));
        let reached = reached(&sources, Path::new("starter.rs"));
        let is_own = |name: &Path| !reached.contains(name);
        for (name, text) in &sources {
            if is_own(name) {
                let telling = code(text).filter(|line| line.len() >= MIN_TELLING_LEN).map(str::to_string);
                own.entry(exercise.name().to_string()).or_default().extend(telling);
            } else {
                give(&mut given, text);
            }
        }
        for name in ["STARTER.md", "Cargo.toml", "tests/contract/required.rs"] {
            give(&mut given, &read(exercise.folder().join(name)));
        }
        let required = exercise.folder().join("tests/contract/required");
        if required.is_dir() {
            give_all(&mut given, required);
        }
    }
    for lines in own.values_mut() {
        lines.retain(|line| !given.contains(line));
    }
    own
}

/// Which lines of solutions stand in these files, and where.
fn leaks(files: &BTreeMap<PathBuf, String>) -> Vec<String> {
    let secrets = secrets();
    let lines = files.iter().flat_map(|(name, text)| text.lines().map(move |line| (name, bare(line))));
    let found = |line: &str| secrets.iter().find(|(_, secret)| secret.contains(line)).map(|(exercise, _)| exercise);
    let leak = |(name, line): (&PathBuf, &str)| Some(format!("{}: {line}: {}", name.display(), found(line)?));
    lines.filter_map(leak).collect()
}

/// "A release holds no line of a solution, of no exercise"
#[test]
fn a_release_holds_no_line_of_any_solution() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    let mut release = files(folder.path());
    assert_eq!(leaks(&release), Vec::<String>::new());
    // Every step is such a line: no file that is given says it as it is to be typed, with its error and all.
    let secrets = secrets();
    for (exercise, calls) in [
        ("client", &["Socket::new(", ".connect_timeout(", ".write_all(", ".read(", "close_gracefully("][..]),
        ("ex3-chat", &["Socket::new(", ".connect_timeout(", ".write_all(", "close_gracefully("]),
        ("server", &["Socket::new(", ".bind(", ".listen(", ".accept()", ".read(", ".write_all(", "close_gracefully("]),
    ] {
        for call in calls {
            let line = secrets[exercise].iter().find(|line| line.contains(call));
            let Some(line) = line else { panic!("{exercise}: {call} is given away: {:#?}", secrets[exercise]) };
            // Wherever it leaks to, it is found.
            for text in [line.clone(), format!("    // {line}")] {
                release.insert(PathBuf::from("crates/common/src/leaked.rs"), text);
                assert_eq!(leaks(&release).len(), 1, "{line}");
            }
        }
    }
    for exercise in Exercise::all() {
        assert!(secrets[exercise.name()].len() > 5, "{}: {secrets:?}", exercise.name());
    }
}

/// "the whole student repository (starters, tests, `common`, `nc`, the lesson, tables empty, CI that runs `cargo test -p` for each)"
#[test]
fn a_release_is_a_whole_repository() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    let files = files(folder.path());
    let of = |name: &str| files.get(Path::new(name)).unwrap_or_else(|| panic!("no {name}"));
    for exercise in Exercise::all() {
        let name = exercise.name();
        for file in ["Cargo.toml", "README.md", "src/main.rs", "tests/contract/required.rs"] {
            of(&format!("crates/{name}/{file}"));
        }
        let main = "//! What the lesson demands, tested from outside: the program, and what arrives at the other end.\n\nmod required;\n";
        assert_eq!(of(&format!("crates/{name}/tests/contract/main.rs")), main);
        assert_eq!(*of(&format!("crates/{name}/README.md")), read(exercise.folder().join("STARTER.md")));
    }
    for file in ["crates/common/src/lib.rs", "crates/nc/src/main.rs", "README.md", "session-08/README.md", ".gitignore"]
    {
        of(file);
    }
    for table in ["IPs.txt", "Ex2.txt"] {
        assert_eq!(*of(&format!("session-08/{table}")), read(format!("crates/lab/tables/{table}")));
    }
    assert!(of(".github/workflows/ci.yml").contains("cargo test -p ${{ matrix.exercise }}"));
    assert!(of(".cargo/config.toml").contains("lab = ") && !of(".cargo/config.toml").contains("grade"));
    // Neither what makes a release, nor what would be the solution of `server`, nor any mark of where a starter comes from.
    let gone = |name: &&PathBuf| {
        let name = name.to_string_lossy().replace('\\', "/");
        [
            "STARTER.md",
            "starter.rs",
            "submissions",
            "teacher-server/",
            "fuzz/",
            "lab/src/export",
            "lab/src/demo",
            "lab/tests",
        ]
        .iter()
        .any(|part| name.contains(part))
    };
    assert_eq!(files.keys().find(gone), None);
    let manifests = files.iter().filter(|(name, _)| name.ends_with("Cargo.toml"));
    for (name, text) in manifests {
        assert!(!["[[example]]", "fuzz", "binstall"].iter().any(|ours| text.contains(ours)), "{}", name.display());
    }
}

/// What only the teacher's part needs, the students need not build.
#[test]
fn the_students_manifests_have_no_dependency_without_a_use() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    for package in Exercise::all().iter().map(Exercise::name).chain(["lab"]) {
        let folder = folder.path().join("crates").join(package);
        let manifest: toml::Table = read(folder.join("Cargo.toml")).parse().unwrap();
        let (mut code, mut tests) = (String::new(), String::new());
        for (name, text) in files(&folder) {
            match name.starts_with("tests") {
                true => tests += &text,
                false if name.extension().is_some_and(|extension| extension == "rs") => code += &text,
                false => {}
            }
        }
        tests += &code;
        let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flatten();
        let tables = targets.filter_map(|(_, table)| table.as_table()).chain([&manifest]);
        let in_kind =
            |table: &toml::Table, kind| table.get(kind).and_then(toml::Value::as_table).cloned().unwrap_or_default();
        for table in tables {
            for (kind, text) in [("dependencies", &code), ("dev-dependencies", &tests)] {
                for (name, dependency) in in_kind(table, kind) {
                    assert!(text.contains(&format!("{}::", name.replace('-', "_"))), "{package} has no use for {name}");
                    let is_for_tests = kind == "dependencies" && format!("{dependency:?}").contains("testing");
                    assert!(!is_for_tests, "{package}: the launcher of tests is for tests");
                }
            }
        }
    }
}

/// Every link of a page leads to something that is there.
#[test]
fn the_pages_of_a_release_link_to_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    for (page, text) in files(folder.path()) {
        for link in text.split("](").skip(1).filter(|_| page.extension().is_some_and(|extension| extension == "md")) {
            let link = link.split(')').next().unwrap();
            let is_there = link.starts_with("https://") || folder.path().join(&page).with_file_name(link).exists();
            assert!(is_there, "{}: {link}", page.display());
        }
    }
}

/// "Refuses to write over a student's work (`--force` says what it will overwrite)."
#[test]
fn a_release_is_not_written_over_work() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    release(folder.path());
    let work = folder.path().join("crates/client/src/main.rs");
    fs::write(&work, "// a night of work").unwrap();
    let again = || cargo_bin_cmd!("lab");
    again().arg("release").arg(folder.path()).assert().code(1).stderr(contains("1 files would be written over"));
    assert_eq!(fs::read_to_string(&work).unwrap(), "// a night of work");
    let forced = again().arg("release").arg(folder.path()).arg("--force").assert().code(0);
    forced.stdout(contains("written over: crates").and(contains("main.rs")));
}
