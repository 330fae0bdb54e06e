//! What is "done" is in a fresh clone: the advice is typed as it stands, then the remote repository is cloned and compared.

use super::Folder;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// More steps than any way out has.
const STEPS: usize = 8;

impl Folder {
    /// The last row of the checklist, and the rows above it, seen from the folder itself.
    #[track_caller]
    pub fn git_row(&self) -> (Value, Vec<Value>) {
        let output = super::lab().args(["check", "--json"]).current_dir(self.path()).output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut rows = json["deliverables"].as_array().unwrap().clone();
        (rows.pop().unwrap(), rows)
    }

    /// What the checklist says of git is not done, and names each of these.
    #[track_caller]
    pub fn assert_open(&self, parts: &[&str]) -> Value {
        let (git, _) = self.git_row();
        assert_ne!(git["state"], "done", "{git:#}");
        for part in parts {
            super::assert_found(&git, "open", 0, part);
        }
        git
    }

    /// Types a line into bash, as a student does.
    #[track_caller]
    pub fn bash(&self, line: &str) {
        let mut bash = self.command("bash");
        bash.args(["-c", line]).env("TERM", "dumb");
        for name in ["EDITOR", "VISUAL", "GIT_EDITOR"] {
            bash.env_remove(name);
        }
        let done = bash.output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "$ {line}\n{out}{err}");
    }

    /// Follows the advice until nothing is open, and compares what was called done with a fresh clone of `../remote.git`. Gives
    /// what was typed.
    #[track_caller]
    pub fn follow_advice(&self, files: &[&str]) -> Vec<String> {
        let mut typed = Vec::new();
        loop {
            let (git, _) = self.git_row();
            let Some(next) = git["next"].as_str() else { break };
            assert!(typed.len() < STEPS, "it never ends: {typed:#?}\n{git:#}");
            self.bash(next);
            typed.push(next.to_string());
        }
        self.assert_in_a_fresh_clone(files);
        typed
    }

    /// All is done, and these files and all that the rows name are in a fresh clone as they are here.
    #[track_caller]
    pub fn assert_in_a_fresh_clone(&self, files: &[&str]) {
        let (git, rows) = self.git_row();
        assert_eq!(git["state"], "done", "{git:#}");
        let named = rows.iter().filter(|row| row["state"] == "done").filter_map(|row| row["file"].as_str());
        let clone = tempfile::tempdir().unwrap();
        self.git(&["clone", "-q", "../remote.git", clone.path().to_str().unwrap()]);
        let read = |folder: &Path, file: &str| fs::read(folder.join(file)).ok();
        for file in named.chain(files.iter().copied()) {
            let here = read(&self.path(), file);
            assert!(here.is_some(), "{file} is not here");
            assert_eq!(here, read(clone.path(), file), "{file} is another one in a fresh clone\n{git:#}");
        }
    }
}
