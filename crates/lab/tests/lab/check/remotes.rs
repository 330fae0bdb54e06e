//! The remote repository: which one, which branch, and how much of it this computer knows.

use super::{Folder, assert_found};
use serde_json::Value;
use std::fs;

const EX3: &str = "session-08/Ex3.py";

/// All is pushed; then the folder is a new clone of it, made with these options.
pub fn cloned(options: &[&str]) -> Folder {
    let folder = Folder::complete();
    folder.write("README.md", "1\n");
    folder.commit();
    folder.write("README.md", "2\n");
    folder.git(&["commit", "-q", "-a", "-m", "second"]);
    folder.push();
    folder.git(&["push", "-q", "origin", "main:old"]);
    fs::rename(folder.path(), folder.path().join("../first")).unwrap();
    fs::create_dir(folder.path()).unwrap();
    // By its path alone git would take all of it.
    let address = format!("file://{}", folder.path().join("../remote.git").canonicalize().unwrap().display());
    folder.git(&[&["clone", "-q"], options, &[&address, "."]].concat());
    folder
}

/// A commit of somebody else's, or from another computer.
pub fn from_elsewhere(folder: &Folder, file: &str, content: &str) {
    let first = folder.path().join("../first");
    let first = first.to_str().unwrap();
    fs::write(folder.path().join("../first").join(file), content).unwrap();
    folder.git(&["-C", first, "add", "--all"]);
    folder.git(&["-C", first, "commit", "-q", "-m", "elsewhere"]);
    folder.git(&["-C", first, "push", "-q", "origin", "main"]);
}

#[track_caller]
pub fn assert_done(folder: &Folder) -> Value {
    let (git, _) = folder.git_row();
    assert_eq!(git["state"], "done", "{git:#}");
    git
}

#[test]
fn what_is_pushed_to_another_branch_alone_is_in_no_clone() {
    for is_known in [true, false] {
        for is_changed_elsewhere in [false, true] {
            let folder = cloned(&[]);
            if !is_known {
                folder.git(&["remote", "set-head", "origin", "--delete"]);
            }
            folder.git(&["checkout", "-q", "-b", "work"]);
            folder.write(EX3, "import os\n");
            folder.git(&["commit", "-q", "-a", "-m", "work"]);
            folder.git(&["push", "-q", "-u", "origin", "work"]);
            if is_changed_elsewhere {
                from_elsewhere(&folder, "notes.md", "elsewhere\n");
                folder.git(&["fetch", "-q"]);
            }
            folder.assert_open(&["it is in origin/work only, and a clone of origin begins with main: git "]);
            folder.write("README.md", "not committed\n");
            folder.follow_advice(&[EX3]);
        }
    }
}

/// A new repository on GitHub with a first branch of its own name, and the student's pushed beside it.
#[test]
fn the_branch_that_a_clone_begins_with_may_not_be_known() {
    let folder = Folder::complete();
    folder.commit();
    folder.push();
    folder.git(&["push", "-q", "origin", "main:master"]);
    let what = "with which branch a clone of origin begins is not known here: git remote set-head origin --auto";
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.git(&["push", "-q"]);
    assert_found(&assert_done(&folder), "note", 0, what);
    folder.git(&["-C", "../remote.git", "symbolic-ref", "HEAD", "refs/heads/master"]);
    folder.bash("git remote set-head origin --auto");
    folder.assert_open(&[
        "it is in origin/main only, and a clone of origin begins with master: git push origin HEAD:master",
    ]);
    folder.follow_advice(&[EX3]);
}

/// `git push` alone would be refused.
#[test]
fn a_branch_that_follows_one_of_another_name_is_pushed_there() {
    let folder = cloned(&[]);
    folder.git(&["checkout", "-q", "-b", "work", "--track", "origin/main"]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.assert_open(&["1 commit is not pushed: git push origin HEAD:main"]);
    folder.follow_advice(&[EX3]);
}

#[test]
fn a_branch_without_an_upstream_is_compared_all_the_same() {
    let folder = cloned(&[]);
    folder.git(&["branch", "--unset-upstream"]);
    assert_found(&assert_done(&folder), "ok", 0, "all is committed, and pushed to the remote repository, origin/main");
    from_elsewhere(&folder, "README.md", "elsewhere\n");
    folder.git(&["fetch", "-q"]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.write("README.md", "2\nnot committed\n");
    folder
        .assert_open(&["1 commit is not pushed: git pull --rebase --autostash origin main && git push -u origin main"]);
    folder.git(&["checkout", "-q", "README.md"]);
    folder.follow_advice(&[EX3]);
}

/// A new repository on GitHub with a README of its own, and the student's pushed beside it.
#[test]
fn two_histories_are_merged() {
    let folder = cloned(&[]);
    folder.git(&["checkout", "-q", "--orphan", "master"]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.git(&["push", "-q", "-u", "origin", "master"]);
    let merge = "git merge --no-edit --autostash --allow-unrelated-histories origin/main";
    folder.assert_open(&[&format!("a clone of origin begins with main: {merge} && git push origin HEAD:main")]);
    folder.git(&["merge", "-q", "-s", "ours", "--allow-unrelated-histories", "-m", "both", "origin/main"]);
    folder.follow_advice(&[EX3]);
}

/// Not of the student's folder, where the repository begins above it.
#[test]
fn what_is_changed_elsewhere_is_in_no_ones_way() {
    let folder = cloned(&[]);
    from_elsewhere(&folder, EX3, "import elsewhere\n");
    folder.git(&["fetch", "-q"]);
    folder.write("README.md", "not committed\n");
    let check = super::lab().args(["check", "--json"]).arg(folder.path().join("session-08")).output().unwrap();
    let json: Value = serde_json::from_slice(&check.stdout).unwrap();
    folder.bash(json["deliverables"][5]["next"].as_str().unwrap());
    folder.assert_in_a_fresh_clone(&[EX3]);
}

#[test]
fn a_clone_of_an_empty_repository_was_not_pushed_to() {
    let folder = Folder::complete();
    fs::rename(folder.path(), folder.path().join("../work")).unwrap();
    fs::create_dir(folder.path()).unwrap();
    folder.git(&["init", "-q", "--bare", "-b", "main", "../remote.git"]);
    folder.git(&["clone", "-q", "../remote.git", "."]);
    fs::rename(folder.path().join("../work/session-08"), folder.path().join("session-08")).unwrap();
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "-q", "-m", "work"]);
    folder.assert_open(&["origin/main, to which it belongs, is not there yet, or is gone: git push -u origin main"]);
    // Where git push alone pushes nothing.
    folder.follow_advice(&[EX3]);
    folder.git(&["config", "push.default", "nothing"]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "more"]);
    folder.assert_open(&["1 commit is not pushed: git push origin HEAD:main"]);
    folder.follow_advice(&[EX3]);
}

/// It is pushed, and somebody has put something else in its place.
#[test]
fn a_newer_commit_with_another_file_is_told() {
    let folder = cloned(&[]);
    from_elsewhere(&folder, "README.md", "elsewhere\n");
    folder.git(&["fetch", "-q"]);
    assert_done(&folder);
    folder.assert_in_a_fresh_clone(&[EX3]);
    from_elsewhere(&folder, EX3, "import elsewhere\n");
    folder.git(&["fetch", "-q"]);
    folder.assert_open(&["origin/main has newer commits, with another session-08/Ex3.py: git pull --rebase"]);
    folder.follow_advice(&[EX3]);
    // A partial clone may have no way to compare: that is not the same.
    let folder = cloned(&["--filter", "tree:0"]);
    from_elsewhere(&folder, EX3, "import elsewhere\n");
    folder.git(&["fetch", "-q"]);
    folder.assert_open(&["git pull --rebase"]);
    folder.follow_advice(&[EX3]);
}

#[test]
fn the_repository_that_push_leads_to_is_the_one_that_counts() {
    let folder = cloned(&[]);
    folder.git(&["init", "-q", "--bare", "-b", "main", "../backup.git"]);
    folder.git(&["remote", "add", "backup", "../backup.git"]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.git(&["push", "-q", "backup", "main"]);
    let git = folder.assert_open(&["1 commit is not pushed: git push"]);
    assert_found(
        &git,
        "note",
        0,
        "it is in backup/main, not in origin; if that is what you hand in: git branch -u backup/main",
    );
    folder.bash("git branch -u backup/main");
    assert_done(&folder);
    folder.git(&["branch", "-u", "origin/main"]);
    folder.git(&["config", "remote.pushDefault", "backup"]);
    assert_done(&folder);
    folder.git(&["config", "--unset", "remote.pushDefault"]);
    folder.follow_advice(&[EX3]);
}

/// Its branches stay where somebody has edited the configuration by hand.
#[test]
fn a_remote_that_is_no_more_has_nothing() {
    let folder = cloned(&[]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.git(&["update-ref", "refs/remotes/ghost/main", "HEAD"]);
    folder.assert_open(&["1 commit is not pushed: git push"]);
    folder.follow_advice(&[EX3]);
    for section in ["remote.origin", "branch.main"] {
        folder.git(&["config", "--remove-section", section]);
    }
    folder.assert_open(&["there is no remote repository to push to"]);
    // One with a name and without an address.
    folder.git(&["config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"]);
    folder.assert_open(&["there is no remote repository to push to"]);
}

/// `a/b` is a remote here, and could be the branch `b` of `a`.
#[test]
fn a_remote_may_be_called_like_a_branch() {
    let folder = cloned(&[]);
    folder.git(&["remote", "rename", "origin", "a"]);
    folder.git(&["remote", "add", "a/b", "../remote.git"]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.git(&["update-ref", "refs/remotes/a/b/main", "HEAD"]);
    folder.assert_open(&["1 commit is not pushed: git push"]);
}

#[test]
fn a_detached_commit_gets_a_branch_of_a_new_name() {
    let folder = cloned(&[]);
    folder.git(&["branch", "session-08"]);
    folder.git(&["checkout", "-q", "--detach"]);
    folder.write(EX3, "import os\n");
    let typed = folder.follow_advice(&[EX3]);
    assert_eq!(typed[1], "git switch -c session-08-2 && git push -u origin session-08-2");
    // Without any remote, too.
    let folder = Folder::complete();
    folder.commit();
    folder.git(&["checkout", "-q", "--detach"]);
    folder
        .assert_open(&["there is no remote repository to push to: git switch -c session-08 && git remote add origin "]);
}
