//! A git repository within the student's folder.

use super::{Folder, assert_found, lab};
use serde_json::Value;

/// The outer repository sees nothing in the inner one, and `git add` would only add a reference to it.
#[test]
fn a_repository_in_the_repository_is_named_and_the_advice_works() {
    let inner = |folder: &Folder| {
        folder.git(&["init", "-q", "-b", "main", "session-08"]);
        folder.git(&["-C", "session-08", "add", "--all"]);
        folder.git(&["-C", "session-08", "commit", "-q", "-m", "inner"]);
    };
    let heal = |folder: &Folder| {
        let output = lab().args(["check", "--json"]).current_dir(folder.path()).output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let git = &json["deliverables"][5];
        assert_found(git, "open", 0, "session-08 is a git repository of its own");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", git["next"].as_str().unwrap()]).current_dir(folder.path());
        for (name, value) in [("AUTHOR", "Ana"), ("COMMITTER", "Ana")] {
            shell.env(format!("GIT_{name}_NAME"), value).env(format!("GIT_{name}_EMAIL"), "ana@example.org");
        }
        let done = super::without_config(&mut shell).output().unwrap();
        assert!(done.status.success(), "{git:#}\n{}", String::from_utf8_lossy(&done.stderr));
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
