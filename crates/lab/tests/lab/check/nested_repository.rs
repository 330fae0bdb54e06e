//! A git repository within the student's folder.

use super::Folder;

/// The outer repository sees nothing in the inner one, and `git add` would only add a reference to it.
#[test]
fn a_repository_in_the_repository_is_named_and_the_advice_works() {
    let inner = |folder: &Folder| {
        folder.git(&["init", "-q", "-b", "main", "session-08"]);
        folder.git(&["-C", "session-08", "add", "--all"]);
        folder.git(&["-C", "session-08", "commit", "-q", "-m", "inner"]);
    };
    let heal = |folder: &Folder| {
        let git = folder.assert_open(&["session-08 is a git repository of its own"]);
        folder.bash(git["next"].as_str().unwrap());
        folder.push();
        assert_eq!(folder.deliverable("git")["state"], "done", "{:#}", folder.deliverable("git"));
        assert!(folder.path().join("../session-08.git/HEAD").exists(), "its history is lost");
    };
    // There before the outer one has heard of the files.
    let folder = Folder::complete();
    folder.write("README.md", "PNE");
    inner(&folder);
    folder.git(&["init", "-q", "-b", "main"]);
    folder.git(&["add", "README.md"]);
    folder.git(&["commit", "-q", "-m", "outer"]);
    heal(&folder);
    // Committed as what it is.
    let folder = Folder::complete();
    inner(&folder);
    folder.commit();
    heal(&folder);
    // Later than the files, one of which has changed since it was added.
    let folder = Folder::complete();
    folder.commit();
    folder.write("session-08/Ex3.py", "import os\n");
    folder.git(&["add", "--all"]);
    folder.write("session-08/Ex3.py", "import sys\n");
    inner(&folder);
    heal(&folder);
}
