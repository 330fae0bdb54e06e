//! Which reports are wanted, and where.

use super::classroom50::{Submission, classroom50};
use super::csv::csv;
use super::gradescope::gradescope;
use super::html::html;
use super::junit::junit;
use super::markdown::markdown;
use super::save::save;
use super::{json, terminal};
use crate::model::Class;
use clap::Args;
use common::Problem;
use jiff::Timestamp;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::{env, iter};

/// The options of the command line that name reports.
#[allow(clippy::doc_markdown, reason = "these lines are the help, too")]
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Reports, each into a FILE or, with -, on standard output")]
pub struct Outputs {
    /// The class at a glance: a page for a browser, students by tests
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// A row for each student, for a spreadsheet
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// A summary in GitHub's Markdown, for the page of a workflow's run
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// JUnit XML, for CI services
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Gradescope's results.json, of one student
    #[arg(long, value_name = "FILE")]
    gradescope: Option<PathBuf>,
    /// Classroom 50's result.json, of one student; it needs what the runner says in the environment
    #[arg(long, value_name = "FILE")]
    classroom50: Option<PathBuf>,
    /// All there is to know, as JSON; --merge reads it
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

impl Outputs {
    /// Whether a report is about one student: then the one folder is that student's, whatever is in it.
    pub fn are_of_one_student(&self) -> bool {
        self.gradescope.is_some() || self.classroom50.is_some()
    }

    /// Writes all of them, and shows the class on standard output unless a report goes there.
    ///
    /// One that cannot be made or written keeps no other from being written: grading took its time. The first problem is given back.
    pub fn write(&self, class: &Class) -> Result<(), Problem> {
        type Make = fn(&Class) -> Result<Vec<u8>, Problem>;
        let all: [(&Option<PathBuf>, Make); 7] = [
            (&self.json, |class| json::json(class).map(String::into_bytes)),
            (&self.html, |class| Ok(html(class).into_bytes())),
            (&self.csv, |class| Ok(csv(class))),
            (&self.markdown, |class| Ok(markdown(class).into_bytes())),
            (&self.junit, |class| junit(class).map(String::into_bytes)),
            (&self.gradescope, |class| gradescope(class).map(String::into_bytes)),
            (&self.classroom50, |class| {
                let submission = Submission::from_environment(|name| env::var(name).ok())?;
                classroom50(class, &submission, Timestamp::now()).map(String::into_bytes)
            }),
        ];
        let wanted = || all.iter().filter_map(|(path, make)| Some((path.as_deref()?, make)));
        let on_screen = if wanted().any(|(path, _)| path == Path::new("-")) { Ok(()) } else { show(class) };
        let written = wanted().map(|(path, make)| save(path, &make(class)?));
        written.chain(iter::once(on_screen)).fold(Ok(()), Result::and)
    }
}

fn show(class: &Class) -> Result<(), Problem> {
    let mut stdout = BufWriter::new(io::stdout().lock());
    terminal::write(class, &mut stdout).and_then(|()| stdout.flush()).map_err(Problem::output)
}
