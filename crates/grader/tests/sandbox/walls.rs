//! Both walls of the sandbox around the tests of the chat, as root and as an ordinary user.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// Somebody who is nobody on this computer.
const ORDINARY_USER: u32 = 54_321;

/// Who grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Root,
    Ordinary,
}

/// Everyone who can be tried: an ordinary user cannot become root.
pub fn everyone() -> Vec<Who> {
    if nix::unistd::geteuid().is_root() { vec![Who::Root, Who::Ordinary] } else { vec![Who::Ordinary] }
}

/// What became of a program.
#[derive(Debug)]
pub struct Outcome {
    /// The tests, and what they say.
    pub verdicts: BTreeMap<String, String>,
    /// What was noted.
    pub notes: String,
    /// What the tests printed.
    pub printed: String,
}

/// A computer with one submission on it, and with things that are none of its business.
pub struct Computer {
    folder: TempDir,
    who: Who,
}

impl Computer {
    pub fn new(who: Who) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let computer = Self { folder, who };
        for path in [computer.scratch(), computer.home(), computer.tests()] {
            fs::create_dir(path).unwrap();
        }
        fs::write(computer.home().join("secret"), "the grader's secret").unwrap();
        fs::write(computer.tests().join("required.rs"), "the tests").unwrap();
        computer
    }

    /// Where the program is.
    pub fn scratch(&self) -> PathBuf {
        self.folder.path().join("scratch")
    }

    /// The grader's home.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Where the tests are.
    pub fn tests(&self) -> PathBuf {
        self.folder.path().join("tests")
    }

    fn verdicts(&self) -> PathBuf {
        self.folder.path().join("verdicts")
    }

    fn notes(&self) -> PathBuf {
        self.folder.path().join("scratch.contained")
    }

    /// Runs these words behind both walls, with what the tests are told.
    pub fn command(&self, binary: &Path, arguments: &[&str]) -> Command {
        let own = env!("CARGO_BIN_EXE_grader");
        let uid = (self.who == Who::Root).then_some(61_184);
        let plan = json!({
            "scratch": self.scratch(), "guarded": [self.home(), self.tests(), self.folder.path()], "notes": self.notes(), "uid": uid,
            "limits": {"processes": 64, "memory": 300 << 20, "disk": 50 << 20},
        });
        let mut command = Command::new("setpriv");
        if self.who == Who::Ordinary && nix::unistd::geteuid().is_root() {
            let id = ORDINARY_USER.to_string();
            command.args(["--reuid", &id, "--regid", &id, "--clear-groups"]);
            give(self.folder.path());
        }
        command.args([own, "sandbox-stage", "network", &plan.to_string(), ""]).arg(binary).args(arguments);
        let inner = json!([own, "sandbox-stage", "alone", plan.to_string(), ""]);
        command.env("SESSION08_WRAPPER", inner.to_string()).env("SESSION08_CONTAINED", self.notes());
        command.env("SESSION08_VERDICTS", self.verdicts()).env("TMPDIR", self.scratch());
        command.env("HOME", self.home()).env("PWD", self.scratch()).env("SECRET_TOKEN", "a secret in the environment");
        command.current_dir(self.scratch()).stdin(Stdio::null());
        command
    }

    /// Grades a chat in Python by these tests.
    pub fn grade(&self, source: &str, tests: &[&str]) -> Outcome {
        fs::write(self.scratch().join("chat.py"), source).unwrap();
        fs::write(self.verdicts(), "").unwrap();
        let mut command = self.command(chat_tests(), tests);
        command.arg("--exact").env("SESSION08_CMD", "[\"/usr/bin/python3\",\"chat.py\"]");
        let output = command.output().unwrap();
        let lines = fs::read_to_string(self.verdicts()).unwrap();
        let said = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let verdicts = said.map(|line| (text(&line["test"]), text(&line["is"]))).collect();
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        Outcome { verdicts, notes: fs::read_to_string(self.notes()).unwrap_or_default(), printed }
    }
}

/// Gives a folder to the ordinary user: it is their computer.
fn give(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    let owner = format!("{ORDINARY_USER}:{ORDINARY_USER}");
    assert!(Command::new("chown").args(["-R", &owner]).arg(folder).status().unwrap().success());
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

/// The tests of the chat, built once.
fn chat_tests() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["test", "--quiet", "--offline", "--package", "ex3-chat", "--test", "contract", "--no-run"]);
        let output = cargo.arg("--message-format=json").output().unwrap();
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut built = messages.filter(|message| message["target"]["name"] == "contract");
        let built = built.find_map(|message| message["executable"].as_str().map(PathBuf::from));
        built.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    })
}
