//! `cargo lab man DIR`: a manual page for each command, as `man` shows it.

use clap::Command;
use clap_mangen::Man;
use common::Problem;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes `cargo-lab.1`, `cargo-lab-check.1` and so on.
pub fn write(lab: &Command, folder: &Path) -> Result<(), Problem> {
    fs::create_dir_all(folder).map_err(Problem::writing(folder))?;
    let mut lab = lab.clone().disable_help_subcommand(true);
    lab.build();
    let mut names = vec!["cargo-lab".to_string()];
    put(&lab, "cargo-lab", folder)?;
    for command in lab.get_subcommands() {
        let name = format!("cargo-lab-{}", command.get_name());
        put(command, &name, folder)?;
        names.push(name);
    }
    let first = folder.join("cargo-lab.1");
    let count = names.len();
    writeln!(io::stdout(), "{count} manual pages are written. Try it: man {}", first.display()).map_err(Problem::output)
}

fn put(command: &Command, name: &str, folder: &Path) -> Result<(), Problem> {
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, page(command, name)).map_err(Problem::writing(&path))
}

/// The page. What stands before and behind the options is laid out by hand there, and stays so: `clap_mangen` itself leaves the one out
/// and fills the other's lines into one paragraph.
fn page(command: &Command, name: &str) -> Vec<u8> {
    let extra = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string).unwrap_or_default();
    let (before, after) = (extra(command.get_before_help()), extra(command.get_after_help()));
    let man = Man::new(command.clone().display_name(name));
    // The title by hand too: `clap_mangen` leaves an empty date out, and then the next word is taken for one. An apostrophe is \*(Aq below.
    let title = name.to_uppercase();
    let mut page =
        format!(".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n.TH {title} 1 \"\" \"Session 08\" \"The workshop\"\n")
            .into_bytes();
    // Writing into memory never fails.
    let _ = man.render_name_section(&mut page);
    let _ = man.render_synopsis_section(&mut page);
    let _ = man.render_description_section(&mut page);
    let _ = man.render_options_section(&mut page);
    if command.has_subcommands() {
        let _ = man.render_subcommands_section(&mut page);
    }
    for (heading, text) in [("EXAMPLE", before.trim_start_matches("Example: ")), ("NOTES", &after)] {
        if !text.is_empty() {
            let lines: Vec<String> = text.lines().map(roff_line).collect();
            let _ = writeln!(page, ".SH {heading}\n.nf\n{}\n.fi", lines.join("\n"));
        }
    }
    page
}

/// A line as text: `\`, and `.` and `'` where a line begins, are roff's own.
fn roff_line(line: &str) -> String {
    format!("\\&{}", line.replace('\\', "\\e").replace('-', "\\-"))
}
