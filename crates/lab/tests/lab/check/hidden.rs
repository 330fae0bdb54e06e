//! Files that `git status` says nothing of, and that a fresh clone has not.

use super::imports::{HELPERS, IMPORTS, with_helpers};
use super::{Folder, PROGRAM, assert_found};
use std::fs;
use std::os::unix::fs::symlink;

const EX3: &str = "session-08/Ex3.py";
#[test]
fn files_that_git_is_told_not_to_look_at_are_named() {
    for (option, cure) in [("--assume-unchanged", "--no-assume-unchanged"), ("--skip-worktree", "--no-skip-worktree")] {
        let folder = with_helpers();
        folder.commit();
        folder.push();
        folder.git(&["update-index", option, EX3, "session-08/helper.py"]);
        folder.write(EX3, format!("{IMPORTS}import os\n"));
        folder.write("session-08/helper.py", "import os\n");
        let files = "session-08/Ex3.py, session-08/helper.py";
        folder
            .assert_open(&[&format!("git is told not to look at {files}: git update-index {cure} session-08/Ex3.py ")]);
        folder.follow_advice(&HELPERS);
    }
}

#[test]
fn a_link_to_a_file_that_is_not_committed_is_not_done() {
    let folder = Folder::complete();
    folder.write("hidden/chat.py", PROGRAM);
    folder.write(".gitignore", "hidden/\n");
    folder.remove(EX3);
    symlink("../hidden/chat.py", folder.path().join(EX3)).unwrap();
    folder.commit();
    folder.push();
    folder.assert_open(&[".gitignore keeps out: hidden/chat.py: git add -f hidden/chat.py && "]);
    folder.follow_advice(&[EX3, "hidden/chat.py"]);
    // The link itself.
    let folder = Folder::complete();
    folder.remove(EX3);
    folder.write("work/chat.py", PROGRAM);
    folder.commit();
    folder.push();
    symlink("../work/chat.py", folder.path().join(EX3)).unwrap();
    folder.assert_open(&["not committed: session-08/Ex3.py: "]);
    folder.follow_advice(&[EX3]);
    // A link to a folder.
    let folder = Folder::complete();
    fs::rename(folder.path().join("session-08"), folder.path().join("work")).unwrap();
    folder.commit();
    folder.push();
    symlink("work", folder.path().join("session-08")).unwrap();
    folder.assert_open(&["not committed: session-08"]);
    folder.follow_advice(&["session-08/Ex3.py"]);
}

#[test]
fn a_link_that_leads_nowhere_in_a_clone_is_told() {
    for target in ["../../helper.py".to_string(), "ABSOLUTE".to_string()] {
        let folder = Folder::complete();
        folder.write(EX3, "import helper\n");
        folder.write("../helper.py", "");
        folder.write("helper.py", "");
        let absolute = folder.path().join("helper.py");
        let target = if target == "ABSOLUTE" { absolute } else { target.into() };
        symlink(target, folder.path().join("session-08/helper.py")).unwrap();
        folder.commit();
        folder.push();
        folder.assert_open(&[
            "session-08/helper.py is a link, and a clone has not what it leads to: put the file itself at ",
        ]);
        folder.remove("session-08/helper.py");
        folder.write("session-08/helper.py", "");
        folder.follow_advice(&[EX3, "session-08/helper.py"]);
    }
}

/// As on Windows and macOS, where both names are one file.
#[test]
fn a_name_with_other_capitals_in_git_is_told() {
    let folder = Folder::complete();
    folder.write(EX3, "import helper\n");
    folder.write("session-08/Helper.py", "");
    folder.commit();
    folder.push();
    folder.git(&["config", "core.ignoreCase", "true"]);
    fs::rename(folder.path().join("session-08/Helper.py"), folder.path().join("session-08/helper.py")).unwrap();
    folder.git(&["rm", "-q", "--cached", "session-08/Helper.py"]);
    folder.git(&["commit", "-q", "-m", "less"]);
    folder.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        "100644,e69de29bb2d1d6434b8b29ae775ad8c2e48c5391,session-08/HELPER.py",
    ]);
    folder.git(&["commit", "-q", "-m", "capitals"]);
    folder.git(&["push", "-q"]);
    folder.assert_open(&["session-08/helper.py is called session-08/HELPER.py in git, which is another file on Linux"]);
    folder.follow_advice(&[EX3, "session-08/helper.py"]);
}

#[test]
fn a_name_that_is_there_twice_but_for_its_capitals_is_noted() {
    let folder = Folder::complete();
    folder.write("session-08/ex3.PY", "import os\n");
    folder.commit();
    folder.push();
    let (git, _) = folder.git_row();
    assert_eq!(git["state"], "done", "{git:#}");
    assert_found(&git, "note", 0, "is in git twice but for its capitals");
}

/// Also one that git knows as a submodule, and has not fetched.
#[test]
fn a_submodule_is_not_in_a_clone() {
    let folder = Folder::new(&[("README.md", "PNE\n")]);
    folder.commit();
    folder.push();
    let inner = Folder::complete();
    fs::rename(inner.path().join("session-08"), inner.path().join("../session")).unwrap();
    let session = inner.path().join("../session");
    let session = session.to_str().unwrap();
    for arguments in [
        &["-C", session, "init", "-q"][..],
        &["-C", session, "add", "--all"],
        &["-C", session, "commit", "-q", "-m", "inner"],
    ] {
        folder.git(arguments);
    }
    folder.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", session, "session-08"]);
    folder.git(&["commit", "-q", "-m", "submodule"]);
    folder.git(&["push", "-q"]);
    folder.assert_open(&["session-08 is a git repository of its own: the one around it has none of its files"]);
    folder.follow_advice(&[EX3]);
}

/// Objects that stand in the place of others are on this computer only: `git status` has nothing to say.
#[test]
fn a_replacement_is_no_content() {
    let folder = Folder::complete();
    folder.write(EX3, "import one\n");
    folder.commit();
    folder.push();
    folder.write(EX3, "import two\n");
    folder.git(&["add", "--all"]);
    folder.bash("git replace HEAD $(git commit-tree -m two $(git write-tree))");
    folder.bash("test -z \"$(git status --porcelain)\"");
    folder.assert_open(&["a clone does not: git replace -d ", "not committed: session-08/Ex3.py"]);
    folder.follow_advice(&[EX3]);
}

/// Nor is a commit in a branch because this computer says that it is a parent there: gitglossary(7), graft.
#[test]
fn a_graft_is_no_parent() {
    let folder = Folder::complete();
    folder.commit();
    folder.push();
    folder.write(EX3, "import two\n");
    folder.git(&["commit", "-q", "-a", "-m", "two"]);
    folder.bash("mkdir -p .git/info && git rev-parse origin/main HEAD | paste -s -d ' ' >.git/info/grafts");
    folder.bash("test -z \"$(git rev-list origin/main..HEAD)\"");
    folder.assert_open(&["1 commit is not pushed"]);
}

/// The content of such a file is elsewhere, and git has a pointer to it.
#[test]
fn a_pointer_of_git_lfs_is_not_the_file() {
    let folder = Folder::complete();
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 14\n", "4".repeat(64));
    for file in ["session-08/IPs.txt", EX3] {
        folder.write(file, &pointer);
    }
    folder.commit();
    folder.push();
    for name in ["IPs", "chat"] {
        let found = folder.deliverable(name);
        assert_eq!((&found["state"], &found["next"]), (&"wrong".into(), &"git lfs pull".into()), "{found:#}");
        assert_found(&found, "open", 0, "it is a pointer of Git LFS, and not the file itself");
    }
}
