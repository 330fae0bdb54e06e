//! A clone with a part of the history, of the branches or of the files: what it can tell is told right, and what not is said so.

use super::assert_found;
use super::remotes::{assert_done, cloned, from_elsewhere};

const EX3: &str = "session-08/Ex3.py";
const PARTIAL: [&[&str]; 4] =
    [&["--depth", "1"], &["--single-branch"], &["--filter", "blob:none"], &["--filter", "tree:0"]];

#[test]
fn a_clone_of_a_part_is_as_good_as_any() {
    for options in PARTIAL {
        let folder = cloned(options);
        assert_done(&folder);
        folder.write(EX3, "import os\n");
        assert_eq!(folder.follow_advice(&[EX3]).len(), 2, "{options:?}");
    }
}

/// Where a push to another branch leaves no trace.
#[test]
fn what_a_clone_of_some_branches_cannot_tell_is_said_to_be_so() {
    for options in &PARTIAL[..2] {
        for is_pushed in [false, true] {
            let folder = cloned(options);
            folder.git(&["checkout", "-q", "-b", "work"]);
            folder.write(EX3, "import os\n");
            folder.git(&["commit", "-q", "-a", "-m", "work"]);
            if is_pushed {
                folder.git(&["push", "-q", "-u", "origin", "work"]);
            }
            let git = folder.assert_open(&[
                "whether work is pushed cannot be told in a clone of some branches (--single-branch, or --depth): git ",
            ]);
            assert!(!git.to_string().contains("never"), "{git:#}");
            let typed = folder.follow_advice(&[EX3]);
            // The branch alone is in no clone that is made without its name.
            assert_eq!(typed[1], "git push origin HEAD:main");
        }
    }
}

/// The history between two commits is missing: git counts what is pushed as not pushed.
#[test]
fn what_a_clone_without_its_history_cannot_tell_is_said_to_be_so() {
    // Nothing was done here; elsewhere another file was changed.
    let folder = cloned(&["--depth", "1"]);
    for number in 0..2 {
        from_elsewhere(&folder, "README.md", &format!("{number} elsewhere\n"));
    }
    folder.git(&["fetch", "-q", "--depth", "1"]);
    let git = assert_done(&folder);
    assert!(!git.to_string().contains("not pushed"), "{git:#}");
    folder.assert_in_a_fresh_clone(&[EX3]);
    // And here as well.
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    let git = folder
        .assert_open(&["what is not in origin/main cannot be told in a clone with a part of the history (--depth)"]);
    assert!(!git.to_string().contains("commits are"), "{git:#}");
    let typed = folder.follow_advice(&[EX3]);
    assert_eq!(typed, ["git fetch --unshallow origin", "git pull --rebase --autostash && git push"]);
    // A file that counts has changed elsewhere.
    let folder = cloned(&["--depth", "1"]);
    from_elsewhere(&folder, EX3, "import elsewhere\n");
    from_elsewhere(&folder, "README.md", "elsewhere\n");
    folder.git(&["fetch", "-q", "--depth", "1"]);
    folder.assert_open(&["what is not in origin/main cannot be told"]);
    folder.follow_advice(&[EX3]);
    // What was done here is certain as long as its beginning is here.
    let folder = cloned(&["--depth", "1"]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.assert_open(&["1 commit is not pushed: git push"]);
}

/// A graders' checkout, with one commit and no branch.
#[test]
fn a_detached_clone_without_its_history_is_done() {
    let folder = cloned(&["--depth", "1"]);
    folder.git(&["checkout", "-q", "--detach"]);
    assert_found(&assert_done(&folder), "note", 0, "detached HEAD");
}

#[test]
fn a_file_that_a_sparse_checkout_leaves_out_is_not_missing() {
    for options in [&["set", "nothing"][..], &["set", "--no-cone", "/README.md"]] {
        let folder = cloned(&[]);
        folder.git(&[&["sparse-checkout"], options].concat());
        assert!(!folder.path().join(EX3).exists());
        let (_, rows) = folder.git_row();
        for row in &rows[..4] {
            assert_eq!(
                (&row["state"], &row["next"]),
                (&"not here".into(), &"git sparse-checkout disable".into()),
                "{row:#}"
            );
            assert_found(
                row,
                "open",
                0,
                "git has it and leaves it out of this folder (a sparse checkout), so it cannot be looked at here",
            );
            assert!(!row.to_string().contains("there is no"), "{row:#}");
        }
        let output = super::lab().current_dir(folder.path()).output().unwrap();
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.contains("\nnot here  the chat"), "{output}");
        folder.bash(rows[0]["next"].as_str().unwrap());
        assert_done(&folder);
        assert!(folder.git_row().1.iter().all(|row| row["state"] == "done"));
    }
    // A new file where git wants none.
    let folder = cloned(&[]);
    folder.git(&["sparse-checkout", "set", "nothing"]);
    folder.write(EX3, "import os\n");
    folder.assert_open(&[]);
    folder.follow_advice(&[EX3]);
    let folder = cloned(&[]);
    folder.git(&["sparse-checkout", "set", "nothing"]);
    folder.write("session-08/Ex3.py", "import helper\n");
    folder.write("session-08/helper.py", "");
    folder.write(".git/info/exclude", "helper.py\n");
    folder.follow_advice(&[EX3, "session-08/helper.py"]);
}

/// One that is left out by hand.
#[test]
fn a_file_that_git_is_told_to_leave_out_is_not_missing() {
    let folder = cloned(&[]);
    folder.git(&["update-index", "--skip-worktree", EX3]);
    folder.remove(EX3);
    let row = folder.git_row().1[2].clone();
    assert_eq!(row["state"], "not here", "{row:#}");
    folder.bash(row["next"].as_str().unwrap());
    assert_eq!(folder.git_row().1[2]["state"], "done");
}

/// The history in which another branch and the first one meet is missing.
#[test]
fn a_branch_is_brought_to_the_first_one_without_its_history() {
    let folder = cloned(&["--depth", "1"]);
    folder.git(&["remote", "set-branches", "--add", "origin", "work"]);
    folder.git(&["checkout", "-q", "-b", "work"]);
    folder.write(EX3, "import os\n");
    folder.git(&["commit", "-q", "-a", "-m", "work"]);
    folder.git(&["push", "-q", "-u", "origin", "work"]);
    for number in 0..2 {
        from_elsewhere(&folder, "README.md", &format!("{number} elsewhere\n"));
    }
    folder.git(&["fetch", "-q", "--depth", "1", "origin", "main"]);
    folder.assert_open(&[
        "it is in origin/work only, and a clone of origin begins with main: git fetch --unshallow origin",
    ]);
    let typed = folder.follow_advice(&[EX3]);
    assert!(typed[1].starts_with("git merge "), "{typed:#?}");
}
