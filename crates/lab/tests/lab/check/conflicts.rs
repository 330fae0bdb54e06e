//! Files with a conflict: nothing with the marks of one is done.

use super::operations::{stop, with_two_branches};
use super::{Folder, IPS, assert_found};
use std::fs;

const EX3: &str = "session-08/Ex3.py";

/// With the marks in a file nothing is done: not the file, and not what would be committed with them.
#[test]
fn marks_of_a_conflict_are_never_done() {
    for file in [EX3, "session-08/server.py", "session-08/IPs.txt", "README.md"] {
        let folder = with_two_branches(&[file]);
        let ours = fs::read(folder.path().join(file)).unwrap();
        stop(&folder, &["merge", "other"]);
        let edit =
            format!("in {file}: keep what is right, delete the lines with <<<<<<<, ======= and >>>>>>>, and save");
        let git = folder.assert_open(&[
            "git merge is half done",
            "git merge --continue ends it, git merge --abort takes it back",
            &format!("{file} has the marks of a conflict: {edit}"),
        ]);
        assert_eq!(git["next"], edit, "{git:#}");
        assert!(!git.to_string().contains("commit -m") && !git.to_string().contains("push"), "{git:#}");
        let row = folder.git_row().1.into_iter().find(|row| row["file"] == file);
        if let Some(row) = row {
            assert_ne!(row["state"], "done", "{row:#}");
            assert_found(&row, "open", 1, "has the marks of a conflict in git");
        }
        // What the student does, if not all that is said.
        folder.git(&["add", file]);
        folder.assert_open(&["git merge is half done", "has the marks of a conflict"]);
        folder.git(&["commit", "-q", "-m", "with the marks"]);
        folder.git(&["push", "-q"]);
        if file != "README.md" {
            folder.assert_open(&["has the marks of a conflict"]);
        }
        folder.git(&["reset", "-q", "--hard", "HEAD~1"]);
        folder.git(&["push", "-q", "--force"]);
        // And all that is said.
        stop(&folder, &["merge", "other"]);
        folder.write(file, if file.ends_with("IPs.txt") { IPS.as_bytes() } else { &ours });
        folder.follow_advice(&[file, "notes.md"]);
    }
}

#[test]
fn marks_count_whatever_the_line_ends_and_without_any_repository() {
    for text in ["<<<<<<< HEAD\r\nimport socket\r\n", "import socket\n>>>>>>> other\n", "import a\n<<<<<<<<<<<< HEAD\n"]
    {
        let folder =
            Folder::new(&[("session-08/Ex3.py", text), ("crates/server/src/main.rs", "mod answer;\nfn main() {}\n")]);
        folder.write("crates/server/src/answer.rs", text);
        for name in ["chat", "server"] {
            assert_eq!(folder.deliverable(name)["state"], "wrong", "{text}");
        }
    }
    let right = "import socket\ns = socket.socket()\n# =======\n>>> x\n<<<<<<<x\n";
    assert_eq!(Folder::new(&[("session-08/Ex3.py", right)]).deliverable("chat")["state"], "done");
}

/// A conflict of `git stash pop` belongs to no operation.
#[test]
fn a_conflict_of_a_stash_is_committed_when_it_is_solved() {
    let folder = with_two_branches(&[]);
    folder.write(EX3, "import one\n");
    folder.git(&["stash", "-q"]);
    folder.write(EX3, "import two\n");
    folder.git(&["commit", "-q", "-a", "-m", "two"]);
    stop(&folder, &["stash", "pop"]);
    folder.assert_open(&["session-08/Ex3.py has the marks of a conflict"]);
    folder.write(EX3, "import both\n");
    folder.assert_open(&["session-08/Ex3.py had a conflict, and is not committed: git add session-08/Ex3.py && "]);
    folder.follow_advice(&[EX3]);
}

/// One side has deleted the file: there are no marks.
#[test]
fn a_file_that_one_side_deleted_is_kept() {
    let folder = with_two_branches(&[]);
    folder.git(&["checkout", "-q", "other"]);
    folder.git(&["rm", "-q", EX3]);
    folder.git(&["commit", "-q", "-m", "deleted"]);
    folder.git(&["checkout", "-q", "main"]);
    folder.write(EX3, "import ours\n");
    folder.git(&["commit", "-q", "-a", "-m", "ours"]);
    stop(&folder, &["merge", "other"]);
    folder.assert_open(&["git merge is half done"]);
    folder.follow_advice(&[EX3]);
}
