//! The program, run to its end in a folder of its own.

use assert_cmd::cargo::cargo_bin;
use common::testing::CommandUnderTest;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

// BEGIN SOLUTION
use assert_cmd::Command;
use common::testing::TIME_LIMIT;
// END SOLUTION

/// The table as the lesson gives it.
pub const SHIPPED: &str = "\
| Machine      | Interface | Date | Place        | IP |
|--------------|-----------|------|--------------|----|
| mobile       | Wifi      |      | home         |    |
| mobile       | Wifi      |      | Alcorcon Lab |    |
| Lab computer | Wire      |      | Alcorcon Lab |    |
";

// BEGIN SOLUTION
/// A day of the lesson, for rows whose date must be known.
pub const DAY: &str = "2024-03-01";
// END SOLUTION

/// A course's folder with the table in it.
pub struct Course(TempDir);

impl Course {
    pub fn with(table: &str) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        fs::create_dir(folder.path().join("session-08")).unwrap();
        let course = Self(folder);
        fs::write(course.file(), table).unwrap();
        course
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self) -> PathBuf {
        self.folder().join("session-08/IPs.txt")
    }

    // BEGIN SOLUTION
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
    // END SOLUTION
}

/// The program that `required` tests: this one, or any other.
pub fn subject() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("ips"))
}

// BEGIN SOLUTION
/// This program, in any folder.
pub fn ips(arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("ips"));
    command.args(arguments).timeout(TIME_LIMIT);
    command
}
// END SOLUTION
