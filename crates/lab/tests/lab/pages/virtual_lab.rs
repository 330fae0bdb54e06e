//! Each page is played in the lesson's network, with its own addresses: what it shows is what a student sees.

use super::stage::Stage;
use super::{LESSON, README, STUDENTS_README, pages_of_exercises, steps_of};
use crate::release::release;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// The pages take the same ports.
static NETWORK: Mutex<()> = Mutex::new(());

/// Plays pages one after the other, as their reader does.
#[track_caller]
fn play(mut stage: Stage, pages: &[&str]) {
    let _alone = NETWORK.lock().unwrap_or_else(PoisonError::into_inner);
    let mut faults = Vec::new();
    for page in pages {
        for step in steps_of(page) {
            faults.extend(stage.play(&step).err().map(|fault| format!("{page}, {fault}")));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n\n"));
}

/// A student's clone of a release, and the repository to which it is pushed.
fn clone(folder: &Path, remote: &Path) {
    release(folder);
    let git = |arguments: &[&str]| {
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gitconfig");
        let mut git = Command::new("git");
        git.args(arguments).current_dir(folder).env("GIT_CONFIG_GLOBAL", config).env("GIT_CONFIG_NOSYSTEM", "1");
        assert!(git.status().unwrap().success(), "git {arguments:?}");
    };
    let remote = remote.to_str().unwrap();
    git(&["init", "-q", "--bare", "-b", "main", remote]);
    git(&["init", "-q", "-b", "main"]);
    git(&["remote", "add", "origin", remote]);
    git(&["add", "--all"]);
    git(&["commit", "-q", "-m", "The exercises"]);
    git(&["push", "-q", "-u", "origin", "main"]);
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn the_lesson_shows_what_happens() {
    // What a page writes beside the folder is gone with it.
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("session-08");
    clone(&folder, &parent.path().join("remote.git"));
    play(Stage::of_a_student(&folder), &LESSON);
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn the_pages_of_the_exercises_show_what_happens() {
    for page in pages_of_exercises() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("session-08");
        clone(&folder, &parent.path().join("remote.git"));
        play(Stage::of_a_student(&folder), &[&page]);
    }
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn both_readmes_show_what_happens() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("session-08");
    clone(&folder, &parent.path().join("remote.git"));
    play(Stage::of_a_student(&folder), &[STUDENTS_README]);
    play(Stage::of_a_teacher(&folder), &[README]);
}
