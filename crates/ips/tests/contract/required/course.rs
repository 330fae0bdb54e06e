//! The program under test, and a course's folder of its own to run it in.

use assert_cmd::cargo::cargo_bin;
use common::testing::CommandUnderTest;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The table as the lesson gives it.
pub const SHIPPED: &str = "\
| Machine      | Interface | Date | Place        | IP |
|--------------|-----------|------|--------------|----|
| mobile       | Wifi      |      | home         |    |
| mobile       | Wifi      |      | Alcorcon Lab |    |
| Lab computer | Wire      |      | Alcorcon Lab |    |
";

/// A course's folder with the table in it.
pub struct Course(TempDir);

impl Course {
    pub fn with(table: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
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
}

/// The program under test: this one, or any other.
pub fn command_under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("ips")).as_filter()
}
