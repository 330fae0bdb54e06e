//! An operation of git's that is half done: nothing of it is in a clone, and the ways out work.

use super::{Folder, PROGRAM};
use std::fs;

const EX3: &str = "session-08/Ex3.py";

/// All is pushed; and a branch `other` has changed these files in its one commit, as `main` has, pushed too.
pub fn with_two_branches(files: &[&str]) -> Folder {
    let folder = Folder::complete();
    folder.write("README.md", "PNE\n");
    folder.commit();
    folder.push();
    folder.git(&["checkout", "-q", "-b", "other"]);
    for file in files {
        folder.write(file, "theirs\n");
    }
    folder.write("notes.md", "theirs\n");
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "-q", "-m", "theirs"]);
    folder.git(&["checkout", "-q", "main"]);
    for file in files {
        folder.write(file, "import ours\n");
    }
    if !files.is_empty() {
        folder.git(&["commit", "-q", "-a", "-m", "ours"]);
        folder.git(&["push", "-q"]);
    }
    folder
}

/// An operation that stops at a conflict.
#[track_caller]
pub fn stop(folder: &Folder, arguments: &[&str]) {
    stop_with(folder, arguments, "1ibreak");
}

/// The same with another way to change the list of a rebase.
#[track_caller]
fn stop_with(folder: &Folder, arguments: &[&str], list: &str) {
    let mut git = folder.command("git");
    let done = git.args(arguments).env("GIT_SEQUENCE_EDITOR", format!("sed -i {list}")).output().unwrap();
    assert!(!done.status.success() || arguments.contains(&"-i"), "git {arguments:?} did not stop");
}

/// `git status` may have nothing to say at all.
#[test]
fn an_operation_without_a_conflict_is_half_done_all_the_same() {
    let merge = || {
        let folder = with_two_branches(&["README.md"]);
        stop(&folder, &["merge", "other"]);
        folder.git(&["checkout", "--ours", "README.md"]);
        folder.git(&["add", "README.md"]);
        folder
    };
    let folder = merge();
    folder.assert_open(&["git merge is half done", "git merge --abort"]);
    folder.follow_advice(&["notes.md", "README.md"]);

    // Nothing is left of the commit that is picked, reverted or rebased.
    for (start, word) in [
        (&["cherry-pick", "other"][..], "cherry-pick"),
        (&["rebase", "origin/main", "other"], "rebase"),
        (&["rebase", "--apply", "origin/main", "other"], "rebase"),
    ] {
        let folder = with_two_branches(&["README.md"]);
        folder.git(&["rm", "-q", "--cached", "--ignore-unmatch", "notes.md"]);
        stop(&folder, start);
        folder.git(&["checkout", if word == "rebase" { "--ours" } else { "HEAD" }, "--", "README.md"]);
        folder.git(&["rm", "-q", "-f", "--ignore-unmatch", "notes.md"]);
        folder.git(&["add", "README.md"]);
        folder.assert_open(&[&format!("git {word} is half done"), &format!("git {word} --continue")]);
        folder.follow_advice(&["README.md"]);
    }
}

#[test]
fn a_rebase_that_stopped_is_half_done() {
    // At a break, with nothing to be seen.
    let break_it = || {
        let folder = with_two_branches(&[]);
        folder.git(&["commit", "-q", "--allow-empty", "-m", "one"]);
        stop(&folder, &["rebase", "-i", "--keep-empty", "HEAD~1"]);
        folder
    };
    let folder = break_it();
    folder.assert_open(&["git rebase is half done", "git rebase --continue"]);
    folder.follow_advice(&[]);
    // With work in the meantime, which git would refuse to take along.
    let folder = break_it();
    folder.write(EX3, "import os\n");
    folder.follow_advice(&[EX3]);
    let folder = break_it();
    folder.write(EX3, "import os\n");
    folder.git(&["add", "--all"]);
    folder.follow_advice(&[EX3]);
    // At a commit that is to be changed.
    let folder = with_two_branches(&[EX3]);
    folder.write(EX3, "import one\n");
    folder.git(&["commit", "-q", "-a", "-m", "one"]);
    stop_with(&folder, &["rebase", "-i", "HEAD~1"], "s/^pick/edit/");
    folder.write(EX3, "import os\n");
    folder.follow_advice(&[EX3]);
    // At a conflict that is solved, and not added.
    for apply in [&["rebase", "origin/main", "other"][..], &["rebase", "--apply", "origin/main", "other"]] {
        let folder = with_two_branches(&[EX3]);
        stop(&folder, apply);
        folder.write(EX3, "import both\n");
        folder.assert_open(&["git rebase is half done"]);
        folder.follow_advice(&[EX3, "notes.md"]);
    }
}

#[test]
fn picking_and_reverting_and_patches_are_half_done() {
    let folder = with_two_branches(&[EX3]);
    stop(&folder, &["cherry-pick", "other"]);
    folder.write(EX3, "import both\n");
    folder.assert_open(&["git cherry-pick is half done", "git cherry-pick --abort"]);
    folder.follow_advice(&[EX3, "notes.md"]);

    let folder = with_two_branches(&[EX3]);
    folder.git(&["revert", "--no-commit", "HEAD"]);
    folder.assert_open(&["git revert is half done", "git revert --continue"]);
    folder.follow_advice(&[EX3]);

    // Between two commits: only `sequencer` is left.
    let folder = with_two_branches(&[EX3]);
    folder.git(&["checkout", "-q", "other"]);
    folder.write("more.md", "theirs\n");
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "-q", "-m", "more"]);
    folder.git(&["checkout", "-q", "main"]);
    stop(&folder, &["cherry-pick", "other~1", "other"]);
    folder.write(EX3, "import both\n");
    folder.git(&["commit", "-q", "-a", "-m", "both"]);
    folder.assert_open(&["git cherry-pick is half done"]);
    folder.follow_advice(&[EX3, "more.md"]);

    for three_way in [false, true] {
        let folder = with_two_branches(&[EX3]);
        folder.git(&["format-patch", "-q", "-1", "other", "--output", "../patch"]);
        stop(&folder, if three_way { &["am", "-q", "-3", "../patch"] } else { &["am", "-q", "../patch"] });
        if three_way {
            folder.write(EX3, "import both\n");
        }
        folder.assert_open(&["git am is half done", "git am --abort"]);
        folder.follow_advice(&[EX3]);
    }
}

#[test]
fn a_bisection_is_ended_with_its_work() {
    let bisect = || {
        let folder = with_two_branches(&[EX3]);
        for number in 0..3 {
            folder.write("README.md", format!("{number}\n"));
            folder.git(&["commit", "-q", "-a", "-m", "more"]);
        }
        folder.git(&["push", "-q"]);
        folder.git(&["bisect", "start", "HEAD", "HEAD~3"]);
        folder
    };
    let folder = bisect();
    folder.assert_open(&["git bisect is half done", "git bisect reset"]);
    assert!(!folder.git_row().0.to_string().contains("push"));
    assert_eq!(folder.follow_advice(&[EX3]), ["git bisect reset"]);
    let folder = bisect();
    folder.write(EX3, "import work\n");
    folder.follow_advice(&[EX3]);
    assert_eq!(fs::read_to_string(folder.path().join(EX3)).unwrap(), "import work\n");
}

/// There `.git` is a file.
#[test]
fn a_linked_worktree_has_its_own_operations() {
    let folder = with_two_branches(&["README.md"]);
    folder.git(&["worktree", "add", "-q", "-b", "work", "../linked", "main"]);
    stop(&folder, &["-C", "../linked", "merge", "other"]);
    let linked = folder.path().join("../linked");
    fs::write(linked.join("README.md"), "both\n").unwrap();
    assert_eq!(folder.git_row().0["state"], "done", "it is the other one's");
    let output = super::lab().args(["check", "--json"]).arg(&linked).output().unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.contains("git merge is half done"), "{output}");
}

/// There is no file of this name.
#[test]
fn a_repository_without_files_of_references_has_operations_too() {
    let folder = with_two_branches(&[EX3]);
    let linked = tempfile::tempdir().unwrap();
    let path = linked.path().join("ana");
    let place = path.to_str().unwrap();
    folder.git(&["clone", "-q", "--ref-format=reftable", "../remote.git", place]);
    folder.git(&["-C", place, "fetch", "-q", folder.path().to_str().unwrap(), "other"]);
    stop(&folder, &["-C", place, "cherry-pick", "FETCH_HEAD"]);
    fs::write(path.join(EX3), PROGRAM).unwrap();
    folder.git(&["-C", place, "add", EX3]);
    let output = super::lab().args(["check", "--json"]).arg(&path).output().unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.contains("git cherry-pick is half done"), "{output}");
}

/// Git refuses everything while this file is there.
#[test]
fn a_lock_that_was_left_behind_is_named() {
    let folder = with_two_branches(&[]);
    folder.write(EX3, "import os\n");
    folder.write(".git/index.lock", "");
    folder.assert_open(&["another git command is running, or was ended half-way"]);
    folder.follow_advice(&[EX3]);
}
