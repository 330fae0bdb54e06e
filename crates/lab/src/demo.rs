//! `cargo lab demo`: the whole session on this computer, on loopback, with the commands that a student types.

mod stage;
mod steps;

use crate::build::build;
use common::Problem;
use stage::Stage;

/// Builds what is needed, plays every step, and shows who came. A step that does not do what the lesson says is a [`Problem`]; those
/// after it are played all the same.
pub fn run() -> Result<(), Problem> {
    let steps = steps::read()?;
    let programs = build(&steps::programs(&steps))?;
    let mut stage = Stage::open(&programs)?;
    for step in steps.iter().filter(|step| step.can_be_played()) {
        if step.needs_server() {
            stage.start_server()?;
        }
        stage.play(step)?;
    }
    stage.close()
}
