//! This program, run to its end.

use crate::required::course::Course;
use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use common::testing::TIME_LIMIT;
use std::fs;

/// A day of the lesson, for rows whose date must be known.
pub const DAY: &str = "2024-03-01";

/// This program, in any folder.
pub fn ips(arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("ips"));
    command.args(arguments).timeout(TIME_LIMIT);
    command
}

impl Course {
    pub fn table(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    /// This program, in this folder.
    pub fn ips(&self, arguments: &[&str]) -> Command {
        let mut command = ips(arguments);
        command.current_dir(self.folder());
        command
    }

    /// `ips add`, on that day of the lesson.
    pub fn add(&self, machine: &str, interface: &str, place: &str, ip: &str) -> Command {
        let mut command =
            self.ips(&["add", "--machine", machine, "--interface", interface, "--place", place, "--ip", ip]);
        command.args(["--date", DAY]);
        command
    }
}
