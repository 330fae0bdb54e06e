//! Files that go through a filter on their way into git, which is a program, and not started.

use super::{Folder, IPS, assert_found};
use std::fs;
use std::time::SystemTime;

const EX3: &str = "session-08/Ex3.py";

/// A fresh clone of a repository with a filter: capitals here, small letters in git. `check` must not start it.
fn fresh_clone(attributes: &str) -> Folder {
    let folder = Folder::complete();
    folder.write(EX3, "import socket\n");
    if !attributes.is_empty() {
        folder.write(".gitattributes", attributes);
    }
    folder.commit();
    folder.push();
    let filter =
        ["-c", "filter.up.clean=tr A-Z a-z", "-c", "filter.up.smudge=tr a-z A-Z", "-c", "filter.up.required=true"];
    let path = folder.path();
    fs::rename(&path, folder.path().join("../first")).unwrap();
    let first = folder.path().join("../first");
    fs::create_dir(&path).unwrap();
    let global = first.join("../attributes");
    fs::write(&global, "*.py filter=up\n").unwrap();
    let global = format!("core.attributesFile={}", global.display());
    let global = if attributes.is_empty() { vec!["-c", &global] } else { vec![] };
    folder.git(&[&filter, global.as_slice(), &["clone", "-q", "../remote.git", "."]].concat());
    for setting in filter.iter().chain(&global).filter(|setting| **setting != "-c") {
        let (name, value) = setting.split_once('=').unwrap();
        folder.git(&["config", name, value]);
    }
    assert_eq!(fs::read_to_string(folder.path().join(EX3)).unwrap(), "IMPORT SOCKET\n");
    folder
}

#[test]
fn what_is_not_looked_at_is_said_to_be_so() {
    for attributes in ["*.py filter=up\n", ""] {
        let folder = fresh_clone(attributes);
        let (git, _) = folder.git_row();
        assert_eq!(git["state"], "done", "{git:#}");
        assert!(!git.to_string().contains("not committed"), "{git:#}");
        assert_found(
            &git,
            "note",
            0,
            "not looked at, as a filter changes it on its way into git, and none is started here: session-08/Ex3.py",
        );
        assert!(!git.to_string().contains("LFS"), "{git:#}");
    }
}

#[test]
fn what_was_written_to_since_is_perhaps_not_committed() {
    let folder = fresh_clone("*.py filter=up\n");
    let file = fs::File::options().write(true).open(folder.path().join(EX3)).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    folder.assert_open(&["perhaps not committed: session-08/Ex3.py: git add session-08"]);
    folder.write(EX3, "IMPORT OS\n");
    folder.assert_open(&["perhaps not committed: session-08/Ex3.py: git add session-08"]);
    folder.bash("git add session-08 && git commit -q -m Work && git push -q");
    assert_eq!(folder.git_row().0["state"], "done");
    // One without a filter is as certain as ever.
    folder.write("session-08/IPs.txt", IPS.replace("home", "work"));
    let git = folder.assert_open(&["not committed: session-08/IPs.txt: git add session-08"]);
    folder.bash(&format!("{} && git push -q", git["next"].as_str().unwrap()));
    assert_eq!(folder.git_row().0["state"], "done");
}

#[test]
fn the_store_of_git_lfs_is_not_looked_at() {
    let folder = fresh_clone("*.py filter=up\n");
    folder.git(&["config", "filter.lfs.clean", "git-lfs clean -- %f"]);
    folder.write(".git/info/attributes", "*.py filter=lfs\n");
    let (git, _) = folder.git_row();
    assert_found(&git, "note", 0, "whether the content is in the store of Git LFS is not looked at");
    assert!(!git.to_string().contains("not committed"), "{git:#}");
}
