//! Whether what is committed is pushed, as far as this disk knows it.

use super::git::open_in;
use super::{Folder, assert_found};
use std::fs;

#[test]
fn without_a_remote_there_is_nowhere_to_push() {
    let folder = Folder::complete();
    folder.commit();
    let next = "git remote add origin https://github.com/YOU/REPOSITORY.git && git push -u origin main";
    open_in(&folder, "there is no remote repository to push to", next);
}

#[test]
fn a_branch_that_was_never_pushed_is_told() {
    let folder = Folder::complete();
    folder.commit();
    folder.git(&["remote", "add", "github", "../remote.git"]);
    open_in(&folder, "the branch was never pushed", "git push -u github main");
    folder.git(&["checkout", "-q", "-b", "a;b$(reboot)"]);
    open_in(&folder, "the branch was never pushed", "git push -u github 'a;b$(reboot)'");
}

#[test]
fn commits_that_were_not_pushed_are_counted() {
    let folder = Folder::complete();
    folder.commit();
    folder.push();
    folder.git(&["commit", "-q", "--allow-empty", "-m", "one"]);
    open_in(&folder, "1 commit is not pushed", "git push");
    folder.git(&["commit", "-q", "--allow-empty", "-m", "two"]);
    open_in(&folder, "2 commits are not pushed", "git push");
    // Somebody else has pushed in the meantime, and this computer has heard of it.
    folder.git(&["update-ref", "refs/heads/other", "HEAD~2"]);
    folder.git(&["checkout", "-q", "other"]);
    folder.git(&["commit", "-q", "--allow-empty", "-m", "three"]);
    folder.git(&["push", "-q", "origin", "other:main"]);
    folder.git(&["checkout", "-q", "main"]);
    open_in(&folder, "2 commits are not pushed", "git pull --rebase --autostash && git push");
}

#[test]
fn an_upstream_that_is_gone_is_pushed_again() {
    let folder = Folder::complete();
    folder.commit();
    folder.push();
    folder.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    open_in(&folder, "origin/main, to which it belongs, is not there yet, or is gone", "git push -u origin main");
}

#[test]
fn a_detached_head_is_open_only_if_its_commits_are_nowhere_else() {
    let folder = Folder::complete();
    folder.commit();
    folder.push();
    folder.git(&["checkout", "-q", "--detach"]);
    let found = folder.deliverable("git");
    assert_found(&found, "note", 0, "detached HEAD");
    assert_eq!(found["state"], "done", "a checkout of a grader: {found:#}");
    folder.git(&["commit", "-q", "--allow-empty", "-m", "lost"]);
    let next = "git switch -c session-08 && git push -u origin session-08";
    open_in(&folder, "no branch is checked out (a detached HEAD): a commit made now is soon lost", next);
}

/// `git checkout --track -b work main`: its upstream is a branch of this computer, and nothing of it is anywhere else.
#[test]
fn a_branch_that_follows_one_of_this_computer_was_never_pushed() {
    let folder = Folder::complete();
    folder.commit();
    folder.git(&["remote", "add", "origin", "../remote.git"]);
    folder.git(&["checkout", "-q", "--track", "-b", "work", "main"]);
    open_in(&folder, "the branch was never pushed", "git push -u origin work");
    folder.git(&["commit", "-q", "--allow-empty", "-m", "one"]);
    open_in(&folder, "the branch was never pushed", "git push -u origin work");
    // Nor is that branch where it is pushed to.
    folder.git(&["init", "-q", "--bare", "../remote.git"]);
    folder.git(&["push", "-q", "origin", "work"]);
    assert_found(&folder.deliverable("git"), "ok", 0, "all is committed, and pushed to the remote repository");
}

/// `git push -u --exec=… main` would start a program.
#[test]
fn a_name_that_is_an_option_is_in_no_command() {
    let folder = Folder::complete();
    folder.commit();
    folder.git(&["config", "remote.--exec=reboot.url", "../remote.git"]);
    folder.git(&["config", "remote.a;reboot.url", "../remote.git"]);
    let next = "git remote add origin https://github.com/YOU/REPOSITORY.git && git push -u origin main";
    open_in(&folder, "there is no remote repository to push to", next);
    folder.git(&["remote", "add", "zzz", "../remote.git"]);
    open_in(&folder, "the branch was never pushed", "git push -u zzz main");
    folder.git(&["update-ref", "refs/heads/--force", "HEAD"]);
    fs::write(folder.path().join(".git/HEAD"), "ref: refs/heads/--force\n").unwrap();
    open_in(&folder, "the branch was never pushed", "git push -u zzz HEAD");
}
