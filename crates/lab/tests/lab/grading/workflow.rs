//! `.github/workflows/grade.yml`: each `run` of it, with a value for each expression.

use super::{class, run, shell_in_the_kit};
use crate::support::workspace::read;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use yaml_rust2::{Yaml, YamlLoader};

const WORKFLOW: &str = ".github/workflows/grade.yml";

/// A step that runs a command.
struct Step {
    command: String,
    folder: String,
    variables: BTreeMap<String, String>,
}

/// The steps of a job that run commands, in order.
fn steps(job: &str) -> Vec<Step> {
    let workflow = YamlLoader::load_from_str(&read(WORKFLOW)).unwrap().remove(0);
    let all = workflow["jobs"][job]["steps"].as_vec().unwrap_or_else(|| panic!("no job {job}")).clone();
    all.iter().filter_map(step).collect()
}

fn step(step: &Yaml) -> Option<Step> {
    let text = |yaml: &Yaml| yaml.as_str().map(str::to_string);
    let variables = step["env"].as_hash().into_iter().flatten();
    Some(Step {
        command: text(&step["run"])?,
        folder: text(&step["working-directory"]).unwrap_or_default(),
        variables: variables.map(|(name, value)| (text(name).unwrap(), text(value).unwrap())).collect(),
    })
}

/// GitHub's machine: a folder that all steps of a job share.
struct Machine<'a> {
    workspace: &'a Path,
    values: Vec<(&'a str, String)>,
}

impl Machine<'_> {
    /// Runs the steps of a job, and gives what they have put into the summary and the outputs.
    fn run(&self, job: &str) -> (String, String) {
        let (summary, outputs) = (self.workspace.join("summary.md"), self.workspace.join("outputs"));
        let steps = steps(job);
        assert!(!steps.is_empty());
        for step in steps {
            let mut shell = shell_in_the_kit(self.workspace, &self.with_values(&step.command));
            shell.current_dir(self.workspace.join(step.folder));
            shell.envs(step.variables.iter().map(|(name, value)| (name, self.with_values(value))));
            shell.env("GITHUB_WORKSPACE", self.workspace).env("GITHUB_STEP_SUMMARY", &summary);
            run(shell.env("GITHUB_OUTPUT", &outputs), &[0]);
        }
        [summary, outputs].map(|file| fs::read_to_string(file).unwrap_or_default()).into()
    }

    /// The text, with a value in the place of each expression. One without a value here fails the test.
    fn with_values(&self, text: &str) -> String {
        let mut parts = text.split("${{");
        let mut whole = parts.next().unwrap_or_default().to_string();
        for part in parts {
            let (expression, rest) = part.split_once("}}").unwrap();
            let value = self.values.iter().find(|(name, _)| *name == expression.trim());
            whole += &value.unwrap_or_else(|| panic!("{WORKFLOW}: no value for {expression}")).1;
            whole += rest;
        }
        whole
    }
}

#[test]
#[ignore = "needs python3 and some time"]
fn a_push_is_graded_with_a_summary() {
    let folder = tempfile::tempdir().unwrap();
    class::submission(&folder.path().join("submission"), "ben");
    let (summary, _) = Machine { workspace: folder.path(), values: Vec::new() }.run("push");
    assert!(summary.contains("| ex3&#45;chat | "), "{summary}");
    assert!(summary.contains("<b>it adds no newline</b>: fail."), "{summary}");
    assert!(fs::read_to_string(folder.path().join("junit.xml")).unwrap().contains("<failure message="));
    let called = fs::read_to_string(folder.path().join("called")).unwrap();
    assert_eq!(called, "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\n");
}

/// Three repositories on two machines, and a fourth that is not there.
#[test]
#[ignore = "needs python3 and some time"]
fn a_class_is_graded_in_parts_that_come_together() {
    let folder = tempfile::tempdir().unwrap();
    let repositories = class::repositories(folder.path()) + "\nfile:///nowhere/none.git\n";
    let values = |shard: &str| {
        vec![
            ("inputs.repositories", repositories.clone()),
            ("inputs.shards", "2".to_string()),
            ("matrix.shard", shard.to_string()),
            ("secrets.token", String::new()),
            ("secrets.token != '' && '1' || '0'", "0".to_string()),
        ]
    };
    let workspace = folder.path();
    let (_, outputs) = Machine { workspace, values: values("") }.run("clone");
    assert_eq!(outputs, "shards=[1,2]\n");
    // What an artifact carries from one machine to another.
    fs::rename(workspace.join("class"), workspace.join("cloned")).unwrap();
    fs::create_dir(workspace.join("parts")).unwrap();
    for shard in ["1", "2"] {
        Machine { workspace, values: values(shard) }.run("shard");
        let part = format!("part-{shard}.json");
        fs::rename(workspace.join(&part), workspace.join("parts").join(&part)).unwrap();
    }
    let (summary, _) = Machine { workspace, values: values("") }.run("report");
    let table = fs::read_to_string(workspace.join("report/class.csv")).unwrap();
    let names: Vec<&str> = table.lines().skip(1).map(|row| row.split(',').next().unwrap()).collect();
    let expected = ["ana-session-08", "ben-session-08", "eva-session-08", "nowhere-none"];
    assert_eq!(names, expected.map(|name| format!("\"{name}\"")));
    assert!(summary.contains("## 4 students"), "{summary}");
    assert!(fs::read_to_string(workspace.join("report/class.html")).unwrap().contains("eva-session-08"));
}

/// Every command is one of those that the tests above run.
#[test]
fn no_job_is_passed_over() {
    let workflow = YamlLoader::load_from_str(&read(WORKFLOW)).unwrap().remove(0);
    let jobs: Vec<&str> = workflow["jobs"].as_hash().unwrap().keys().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(jobs, ["push", "clone", "shard", "report"]);
    // What strangers write stands in no command: an expression there is a part of the program.
    for job in jobs {
        for step in steps(job) {
            assert!(!step.command.contains("${{"), "{}", step.command);
        }
    }
}
