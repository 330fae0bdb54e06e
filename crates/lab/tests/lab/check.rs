//! `cargo lab check`, in real folders with real git repositories.

#[cfg(unix)]
mod conflicts;
#[cfg(unix)]
mod filters;
#[cfg(unix)]
mod fresh_clone;
mod git;
#[cfg(unix)]
mod hidden;
mod hostile;
#[cfg(unix)]
mod imports;
#[cfg(unix)]
mod limits;
#[cfg(unix)]
mod nested_repository;
#[cfg(unix)]
mod operations;
mod parsing;
#[cfg(unix)]
mod partial_clones;
mod programs;
mod pushed;
#[cfg(unix)]
mod released;
#[cfg(unix)]
mod remotes;
mod right;
#[cfg(unix)]
mod strangers;
mod tables;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, ends_with};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Far more than it takes, and less than anybody waits.
const TIME: Duration = Duration::from_secs(30);

const IPS: &str = "\
| Machine      | Interface | Date       | Place        | IP             |
|--------------|-----------|------------|--------------|----------------|
| mobile       | Wifi      | 2024-03-01 | home         | 192.168.1.36   |
| mobile       | Wifi      | 2024-03-02 | Alcorcon Lab | 10.7.33.225    |
| Lab computer | Wire      | 2024-03-02 | Alcorcon Lab | 192.168.253.17 |
";

const PINGS: &str = "\
| Destination IP  | Name (if known)  | Time                         |
|-----------------|------------------|------------------------------|
| 192.168.253.17  | Self             | 0.044 ms, 0.040 ms, 0.041 ms |
| 212.128.255.129 | f-l3208-pc01     | no answer                    |
| 8.8.8.8         | Google           | 4.31 ms, 4.53 ms             |
| 10.7.33.225     | Mobile           | 160 ms, 402 ms               |
| 212.128.240.50  | www.urjc.es      | 2.52 ms, 2.71 ms             |
| 198.51.100.3    | github.com       | 35.1 ms, 35.9 ms             |
| 198.51.100.224  | wikipedia.org    | 141 ms, 142 ms               |
| 198.51.100.184  | newdomain.com.au | 311 ms, 318 ms (1 lost)      |
";

const PROGRAM: &str = "import socket\ns = socket.socket()\n";

/// A student's folder, and beside it the repository to which it is pushed.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path()).unwrap();
        for (name, content) in files {
            folder.write(name, content);
        }
        folder
    }

    /// With all that is to be handed in, in the lesson's own files.
    fn complete() -> Self {
        Self::new(&[
            ("session-08/IPs.txt", IPS),
            ("session-08/Ex2.txt", PINGS),
            ("session-08/Ex3.py", PROGRAM),
            ("session-08/server.py", PROGRAM),
            ("session-08/client.py", PROGRAM),
        ])
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("ana")
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).unwrap();
    }

    /// A program in it, and of git nobody's own settings.
    fn command(&self, program: &str) -> std::process::Command {
        let mut command = std::process::Command::new(program);
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gitconfig");
        command.current_dir(self.path()).env("GIT_CONFIG_GLOBAL", config).env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    /// Runs git in it, and shows what git says if that fails.
    #[track_caller]
    fn git(&self, arguments: &[&str]) {
        let done = self.command("git").args(arguments).output().unwrap();
        assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    #[track_caller]
    fn commit(&self) {
        self.git(&["init", "-q", "-b", "main"]);
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "-m", "Session 08"]);
    }

    #[track_caller]
    fn push(&self) {
        self.git(&["init", "-q", "--bare", "-b", "main", "../remote.git"]);
        self.git(&["remote", "add", "origin", "../remote.git"]);
        self.git(&["push", "-q", "-u", "origin", "main"]);
    }

    /// `cargo lab check` of it, from somewhere else.
    fn check(&self) -> Command {
        let mut lab = lab();
        lab.arg("check").arg(self.path());
        lab
    }

    /// The same as JSON.
    #[track_caller]
    fn json(&self) -> Value {
        let output = self.check().arg("--json").output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// One of its deliverables.
    #[track_caller]
    fn deliverable(&self, name: &str) -> Value {
        let json = self.json();
        let list = json["deliverables"].as_array().unwrap();
        list.iter()
            .find(|deliverable| deliverable["name"] == name)
            .unwrap_or_else(|| panic!("no {name}: {json:#}"))
            .clone()
    }
}

/// The program, with nobody's own settings of git.
fn lab() -> Command {
    let mut lab = cargo_bin_cmd!("lab");
    lab.timeout(TIME).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    lab
}

/// Whether there is such a finding: its level, its line (0 for none), a part of its message.
#[track_caller]
fn assert_found(deliverable: &Value, level: &str, line: u64, part: &str) {
    let findings = deliverable["findings"].as_array().unwrap();
    let is_it = |finding: &&Value| {
        finding["level"] == level
            && finding["line"].as_u64().unwrap_or(0) == line
            && finding["message"].as_str().unwrap().contains(part)
    };
    assert!(findings.iter().any(|finding| is_it(&finding)), "no {level}, line {line}: {part}\n{deliverable:#}");
}

fn shipped(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tables").join(name)).unwrap()
}

#[test]
fn as_the_lesson_gives_it_everything_is_open() {
    let (ips, pings) = (shipped("IPs.txt"), shipped("Ex2.txt"));
    let folder = Folder::new(&[("session-08/IPs.txt", &ips), ("session-08/Ex2.txt", &pings)]);
    folder
        .check()
        .assert()
        .code(1)
        .stdout(
            contains(
                "\nempty            the table of IPs         session-08/IPs.txt\n    open  no row has an IP yet: ",
            )
            .and(contains(
                "\nempty            the table of ping times  session-08/Ex2.txt\n    open  no row has a time yet: ",
            ))
            .and(contains("\nnot written yet  the chat\n"))
            .and(contains("\nnot written yet  your own server\n"))
            .and(contains("\nnot written yet  the first client\n"))
            .and(contains("\nmissing          committed and pushed\n"))
            .and(contains("\n0 of 5 done; next: cargo run -q -p ips -- --save ")),
        )
        .stderr("");
    for deliverable in folder.json()["deliverables"].as_array().unwrap() {
        // The client need not be handed in.
        let level = if deliverable["name"] == "client" { "note" } else { "open" };
        assert_found(deliverable, level, 0, "");
    }
}

#[test]
fn with_everything_there_and_pushed_nothing_is_open() {
    let folder = Folder::complete();
    folder.commit();
    folder.push();
    folder
        .check()
        .assert()
        .code(0)
        .stdout(
            contains("\n6 of 6 done\n")
                .and(contains("\ndone  the table of IPs         session-08/IPs.txt\n    ok    3 rows have an IP\n"))
                .and(contains("    ok    all is committed, and pushed to origin/main\n"))
                .and(contains("open").not())
                .and(contains("note").not())
                .and(contains("\u{1b}").not()),
        )
        .stderr("");
}

#[test]
fn marks_are_words_and_colour_comes_to_them_where_it_is_wanted() {
    let folder = Folder::complete();
    let coloured = folder.check().env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR").assert().code(1);
    coloured.stdout(contains("\u{1b}[32mdone\u{1b}[0m     the chat"));
}

#[test]
fn the_shape_of_the_json_is_fixed() {
    let folder = Folder::complete();
    folder.write("session-08/IPs.txt", IPS.replace("10.7.33.225", "255.255.255.0"));
    let json = folder.json();
    let names: Vec<&str> = json["deliverables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|deliverable| deliverable["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["IPs", "Ex2", "chat", "server", "client", "git"]);
    assert_eq!(json["folder"], folder.path().canonicalize().unwrap().display().to_string());
    assert_eq!((&json["done"], &json["total"]), (&Value::from(4), &Value::from(6)));
    let ips = &json["deliverables"][0];
    assert_eq!((&ips["state"], &ips["file"]), (&Value::from("wrong"), &Value::from("session-08/IPs.txt")));
    assert_eq!(ips["findings"][0]["line"], 4);
    assert_eq!(ips["findings"][0]["level"], "open");
    assert_eq!(ips["next"], json["next"]);
    let chat = &json["deliverables"][2];
    assert_eq!((&chat["state"], &chat["next"]), (&Value::from("done"), &Value::Null));
    assert_eq!(json["deliverables"][5]["state"], "missing");
}

#[test]
fn without_a_folder_it_is_the_one_above_that_holds_the_session() {
    let folder = Folder::complete();
    folder.commit();
    folder.write("session-08/Ex3/notes/today.txt", "");
    for here in ["", "session-08", "session-08/Ex3/notes"] {
        let here = folder.path().join(here);
        let way = if here.ends_with("ana") { "" } else { "-C .." };
        lab().current_dir(&here).assert().code(1).stdout(
            contains("5 of 6 done; next: git ")
                .and(contains(format!("next: git {way}")))
                .and(contains(" session-08/IPs.txt\n")),
        );
    }
    // What is above the checkout is somebody else's.
    folder.write("session-08/other/x", "");
    fs::create_dir(folder.path().join("session-08/other/.git")).unwrap();
    lab().current_dir(folder.path().join("session-08/other")).assert().code(1).stdout(contains("\n0 of 5 done"));
}

#[test]
fn a_folder_that_is_none_is_told_in_three_lines() {
    let folder = Folder::complete();
    for name in ["nowhere", "session-08/IPs.txt"] {
        lab().arg("check").arg(folder.path().join(name)).assert().code(2).stdout("").stderr(
            contains("could not be looked at\ncause: ")
                .and(ends_with("next:  name the folder that holds session-08: cargo lab check FOLDER\n")),
        );
    }
    lab().args(["check", "--what"]).assert().code(2).stderr(contains("unexpected argument '--what'"));
}

#[test]
fn the_help_explains_every_command() {
    lab().arg("--help").assert().code(0).stdout(
        contains("  check ")
            .and(contains("  demo "))
            .and(contains("  export "))
            .and(contains("Without a command it is cargo lab check")),
    );
    lab()
        .args(["check", "--help"])
        .assert()
        .code(0)
        .stdout(contains("--json").and(contains("[DIR]")).and(contains("Exit code: ")));
}
