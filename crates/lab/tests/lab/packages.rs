//! A release: its version, its notes, and where `cargo binstall` looks for its programs.

use crate::support::workspace::read;
use std::fs;
use std::process::Command;
use toml::{Table, Value};
use yaml_rust2::YamlLoader;

const PACKED: &[&str] = &["ips", "ex2-ping", "client", "ex3-chat", "server", "nc", "teacher-server", "lab"];

fn manifest(path: &str) -> Table {
    read(path).parse().unwrap()
}

fn version() -> String {
    manifest("Cargo.toml")["workspace"]["package"]["version"].as_str().unwrap().to_string()
}

fn binstall(package: &str) -> Option<Value> {
    manifest(&format!("crates/{package}/Cargo.toml"))["package"].get("metadata")?.get("binstall").cloned()
}

#[test]
fn the_newest_heading_of_the_changelog_is_the_version_everywhere() {
    let changelog = read("CHANGELOG.md");
    let mut headings = changelog.lines().filter_map(|line| line.strip_prefix("## "));
    assert_eq!(headings.next(), Some("Unreleased"));
    let (version_there, date) = headings.next().unwrap().split_once(" – ").unwrap();
    assert_eq!(version_there, version());
    let parts: Vec<usize> = date.split('-').map(str::len).collect();
    assert_eq!(parts, [4, 2, 2], "{date}");
    assert_eq!(manifest("fuzz/Cargo.toml")["package"]["version"].as_str(), Some(version_there));
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let lock = manifest(lock);
        // Those that come from no registry are ours.
        let ours = lock["package"].as_array().unwrap().iter().filter(|package| package.get("source").is_none());
        for package in ours {
            assert_eq!(package["version"].as_str(), Some(version_there), "{package:?}");
        }
    }
}

/// The step of the workflow, run as it stands there.
#[test]
#[cfg(unix)]
fn the_notes_of_a_release_are_those_of_its_version() {
    let workflow = &YamlLoader::load_from_str(&read(".github/workflows/release.yml")).unwrap()[0];
    let steps = workflow["jobs"]["publish"]["steps"].as_vec().unwrap();
    let step = steps.iter().filter_map(|step| step["run"].as_str()).find(|run| run.contains("CHANGELOG.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let run = |version: &str, changelog: &str| {
        fs::write(folder.path().join("CHANGELOG.md"), changelog).unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-ec", step]).current_dir(folder.path()).env("GITHUB_REF_NAME", format!("v{version}"));
        (shell.status().unwrap().success(), fs::read_to_string(folder.path().join("notes.md")).unwrap())
    };
    let changelog = "# Changelog\n\n## Unreleased\n\n- new\n\n## 0.2.0 – 2026-01-02\n\n### Added\n\n- this\n\n## 0.1.0 – 2025-01-02\n\n- old\n";
    assert_eq!(run("0.2.0", changelog), (true, "\n### Added\n\n- this\n\n".to_string()));
    assert_eq!(run("0.2", changelog), (false, String::new()), "a tag that has no heading");
    let (is_done, notes) = run(&version(), &read("CHANGELOG.md"));
    assert!(is_done && notes.contains("\n### Added\n"), "{notes}");
}

/// `scripts/package` takes the names of the archive and of its folder from there.
#[test]
fn all_that_is_packed_is_found_by_binstall_in_the_same_archive() {
    let ours = binstall("lab").unwrap();
    let text = |key: &str| ours[key].as_str().unwrap();
    let release = "{ repo }/releases/download/v{ version }/session-08-{ version }-{ target }";
    assert_eq!(text("pkg-url"), format!("{release}.tar.gz"));
    assert_eq!(text("pkg-fmt"), "tgz");
    assert_eq!(text("bin-dir"), "session-08-{ version }-{ target }/{ bin }{ binary-ext }");
    let windows = &ours["overrides"]["x86_64-pc-windows-msvc"];
    assert_eq!(windows["pkg-url"].as_str(), Some(&*format!("{release}.zip")));
    assert_eq!(windows["pkg-fmt"].as_str(), Some("zip"));
    for package in PACKED {
        assert_eq!(binstall(package).as_ref(), Some(&ours), "{package}");
        assert!(read("scripts/package.md").contains(&format!("\n| `{package}` |")), "{package}");
    }
    for package in ["common", "handin", "grader"] {
        assert_eq!(binstall(package), None, "{package}");
    }
    let workflow = read(".github/workflows/release.yml");
    assert!(workflow.contains("dist/session-08-${GITHUB_REF_NAME#v}-x86_64-unknown-linux-gnu.tar.gz"), "{workflow}");
    let systems: Vec<&str> = workflow.lines().filter_map(|line| line.trim().strip_prefix("- { target: ")).collect();
    let is_windows = |system: &&&str| system.contains("windows");
    let on_windows: Vec<_> =
        systems.iter().filter(is_windows).map(|system| system.split(',').next().unwrap()).collect();
    assert_eq!(on_windows, ["x86_64-pc-windows-msvc"], "each of them needs its override");
}
