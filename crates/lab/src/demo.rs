//! `cargo lab demo`: the whole session on this computer, on loopback, with the commands that a student types.

mod stage;
mod steps;

use crate::build::Programs;
use common::Problem;
use stage::Stage;
use std::path::Path;
use steps::{BEFORE_THE_SERVER, STEPS};

/// Builds what is needed, plays every step, and shows who came.
///
/// # Errors
///
/// A [`Problem`] if a program could not be built or started, or if any step did not do what the lesson says. The steps
/// after it are played all the same.
pub fn run(folder: Option<&Path>) -> Result<(), Problem> {
    let needed = steps::programs();
    let programs = match folder {
        Some(folder) => Programs::in_folder(folder, &needed)?,
        None => Programs::build(&needed)?,
    };
    let mut stage = Stage::open(&programs)?;
    for step in BEFORE_THE_SERVER.iter().filter(|step| step.can_be_played()) {
        stage.play(step)?;
    }
    stage.start_server()?;
    for step in STEPS {
        stage.play(step)?;
    }
    stage.close()
}
