//! `cargo lab release --gradescope DIR` and `--classroom50 DIR`: what a service needs to grade as this computer does. It is this kit, and
//! a script that the service starts.

use crate::export::{Files, gather, root, write};
use common::Problem;
use handin::shell;
use std::io::{self, Write as _};
use std::path::Path;

/// What grading takes from the workspace.
const KIT: &[&str] = &[".cargo/config.toml", "Cargo.lock", "Cargo.toml", "crates", "exercises.toml"];

/// A service that grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// <https://gradescope-autograders.readthedocs.io>
    Gradescope,
    /// <https://github.com/foundation50/classroom50>
    Classroom50,
}

impl Service {
    fn folder(self) -> &'static str {
        match self {
            Self::Gradescope => "crates/lab/release/gradescope",
            Self::Classroom50 => "crates/lab/release/classroom50",
        }
    }

    fn next(self, folder: &str) -> String {
        match self {
            Self::Gradescope => format!(
                "the autograder for Gradescope is in {folder}. Pack its files, and not the folder: (cd {folder} && zip -qr ../autograder.zip .)\n\
                 Then upload autograder.zip in the settings of the assignment, and choose an image with Ubuntu."
            ),
            Self::Classroom50 => format!(
                "the autograder for Classroom 50 is in {folder}. Copy what is in it to CLASSROOM/autograders/ASSIGNMENT in your classroom's \
                 repository,\nand let the assignment's runtime have Rust and Python."
            ),
        }
    }
}

/// Writes the autograder into `folder`. Without `force` nothing is written over; with it, what is written over is listed.
pub fn run(service: Service, folder: &Path, force: bool) -> Result<(), Problem> {
    let mut files = Files::new();
    gather(&root().join(service.folder()), Path::new(""), &mut files)?;
    #[cfg(unix)]
    let scripts: Vec<_> = files.keys().map(|script| folder.join(script)).collect();
    for name in KIT {
        gather(&root().join(name), &Path::new("kit").join(name), &mut files)?;
    }
    write(&files, folder, force)?;
    #[cfg(unix)]
    for script in scripts {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&script, mode).map_err(Problem::writing(&script))?;
    }
    writeln!(io::stdout(), "{}", service.next(&shell::path(folder))).map_err(Problem::output)
}
