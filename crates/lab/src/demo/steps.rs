//! The steps of the demo: `demo.toml`, which says what each of them holds.

use common::Problem;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const STEPS: &str = include_str!("../../demo.toml");
const PING: &str = "ex2-ping";
/// The program that runs beside the steps.
pub const SERVER: &str = "teacher-server";

#[derive(Deserialize)]
struct Steps {
    step: Vec<Step>,
}

/// One command that a student types, and what the lesson says about it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub heading: String,
    pub about: String,
    #[serde(default = "client")]
    pub program: String,
    #[serde(default, rename = "explained")]
    pub is_explained: bool,
    #[serde(default)]
    pub arguments: Vec<String>,
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    pub input: Option<String>,
    #[serde(default)]
    pub exit: i32,
    #[serde(default)]
    pub says: Vec<String>,
    pub refusal: Option<String>,
    #[serde(default)]
    pub server_shows: Vec<String>,
}

impl Step {
    /// Whether anybody can do it on this system: on Windows only an administrator may ping with a program of one's own.
    pub fn can_be_played(&self) -> bool {
        !(cfg!(windows) && self.program == PING)
    }

    /// Whether the teacher's server must run.
    pub fn needs_server(&self) -> bool {
        self.arguments.iter().any(|argument| argument == "{port}")
    }
}

fn client() -> String {
    "client".to_string()
}

/// All steps, in order.
pub fn read() -> Result<Vec<Step>, Problem> {
    let steps: Steps = toml::from_str(STEPS)
        .map_err(|e| Problem::new("the steps of the demo cannot be read", e, "mend crates/lab/demo.toml"))?;
    Ok(steps.step)
}

/// The programs that are needed: those of the steps, and the server that runs beside them.
pub fn programs(steps: &[Step]) -> Vec<&str> {
    let programs = steps.iter().map(|step| step.program.as_str());
    programs.chain([SERVER]).collect::<BTreeSet<_>>().into_iter().collect()
}
