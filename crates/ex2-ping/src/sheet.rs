//! The table Ex2.txt: all its destinations, pinged side by side.

mod row;

use crate::echo;
use crate::event::Event;
use crate::options::Options;
use crate::ping::Settings;
use crate::statistics::milliseconds;
use common::table::{self, Table};
use common::{Problem, text};
use indicatif::{ProgressBar, ProgressStyle};
use row::{Outcome, Row};
use serde_json::json;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The columns, as the lesson has them.
const COLUMNS: &[&str] = &["Destination IP", "Name (if known)", "Time"];
const IP_COLUMN: usize = 0;
const NAME_COLUMN: usize = 1;
const TIME_COLUMN: usize = 2;

/// How many destinations are pinged at once. Each has two threads, and three descriptors: a socket, and the pair that tells when
/// a lookup has ended. A program gets 256 descriptors on macOS, and 1,024 on Linux.
const MAX_DESTINATIONS: usize = 64;

/// Pings every destination of the table in `file`, writes what is found into it, and shows it.
///
/// # Errors
///
/// A [`Problem`] if the table cannot be read or written, or if this user may not ping at all. Then nothing is changed.
pub fn run(file: &Path, options: &Options, stop: &Event) -> Result<ExitCode, Problem> {
    let rows = rows_of(&table::read(file, COLUMNS)?.ok_or_else(|| no_destination(file))?);
    if rows.is_empty() {
        return Err(no_destination(file));
    }
    if rows.len() > MAX_DESTINATIONS {
        return Err(Problem::new(
            format_args!("{} has too many destinations", file.display()),
            format!("{} of them, and at most {MAX_DESTINATIONS} are pinged at once", rows.len()),
            "make two tables of it",
        ));
    }
    // Who may not write the file, or may not ping at all, is told so at once, and not after the pings or in each row.
    OpenOptions::new().write(true).open(file).map_err(Problem::writing(file))?;
    echo::may_ping()?;

    let outcomes = side_by_side(&rows, options, stop)?;
    // On the screen and in the file, whichever of them fails: a full disk, or a reader that has seen enough.
    let shown = show(&rows, &outcomes, options).map_err(Problem::output);
    let missing = table::update(file, COLUMNS, |table| Ok(write(table, &rows, &outcomes)))?;
    shown?;
    let name = text::escape_line(file.to_string_lossy().as_bytes());
    if !missing.is_empty() {
        return Err(Problem::new(
            format_args!("not every row could be saved in {name}"),
            format!("changed in the meantime, and not found any more: {}", missing.join(", ")),
            "what was measured is above; type the command again",
        ));
    }
    let _ = writeln!(io::stderr(), "saved in {name}");
    if stop.has_happened() {
        let _ = writeln!(io::stderr(), "note: it was stopped early: type it again for the rest");
    }
    Ok(if outcomes.iter().any(|outcome| !outcome.times.is_empty()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn no_destination(file: &Path) -> Problem {
    Problem::new(
        format_args!("{} has no destination to ping", file.display()),
        format!("no table with the columns {} and a row was found in it", COLUMNS.join(" | ")),
        "write this header and a row below it, with an IP in the first column or a name in the second",
    )
}

fn rows_of(table: &Table) -> Vec<Row> {
    let all = (0..table.row_count()).map(|row| Row::new(table.cell(row, IP_COLUMN), table.cell(row, NAME_COLUMN)));
    all.filter(Row::has_destination).collect()
}

/// Pings all rows, each on a thread of its own. In the order of the rows.
fn side_by_side(rows: &[Row], options: &Options, stop: &Event) -> Result<Vec<Outcome>, Problem> {
    let settings = options.settings_of_table();
    let settings = Settings { until: Some(Instant::now() + time_for_all(&settings)), ..settings };
    let progress = progress_of(rows.len());
    let mut outcomes: Vec<Outcome> = rows.iter().map(|_| Outcome::default()).collect();

    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for (index, row) in rows.iter().enumerate() {
            let (sender, settings) = (sender.clone(), &settings);
            let measure = move || {
                let _ = sender.send((index, row.measure(options, settings, stop)));
            };
            let name = format!("destination {}", index + 1);
            thread::Builder::new().name(name).spawn_scoped(scope, measure).map_err(Problem::threads)?;
        }
        drop(sender);
        for (index, outcome) in receiver {
            // A row for which this computer has no room says so; the others have theirs.
            outcomes[index] = outcome.unwrap_or_else(|problem| Outcome::because(problem.error()));
            progress.inc(1);
        }
        Ok(outcomes)
    })
}

/// All probes, and the wait after the last one: a lookup that is slow has to share it.
fn time_for_all(settings: &Settings) -> Duration {
    let intervals = settings.count.unwrap_or(1).saturating_sub(1).try_into().unwrap_or(u32::MAX);
    settings.interval.saturating_mul(intervals).saturating_add(settings.wait.unwrap_or_default())
}

/// A line on standard error that moves, if that is a terminal.
fn progress_of(destinations: usize) -> ProgressBar {
    let progress = ProgressBar::new(destinations as u64);
    if let Ok(style) = ProgressStyle::with_template("{spinner} pinging: {pos} of {len} destinations done, {elapsed}") {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(100));
    progress
}

/// Writes the outcomes into the table as it is now, which somebody may have changed in the meantime. The rows that are not there
/// any more.
///
/// Of several rows that say the same the first outcome goes into the first.
fn write<'a>(table: &mut Table, rows: &'a [Row], outcomes: &[Outcome]) -> Vec<&'a str> {
    let mut free: Vec<usize> = (0..table.row_count()).collect();
    let mut missing = Vec::new();
    for (row, outcome) in rows.iter().zip(outcomes) {
        let now = |table: &Table, index: usize| Row::new(table.cell(index, IP_COLUMN), table.cell(index, NAME_COLUMN));
        // The first of those that are most alike.
        let best = free.iter().rev().map(|&index| (now(table, index).likeness(row, outcome), index));
        let Some((1.., index)) = best.max_by_key(|&(likeness, _)| likeness) else {
            missing.push(row.destination());
            continue;
        };
        free.retain(|&other| other != index);
        let now = now(table, index);
        for (column, text) in
            [(IP_COLUMN, outcome.ip(&now)), (NAME_COLUMN, outcome.name(&now)), (TIME_COLUMN, outcome.text())]
        {
            if let Some(text) = text {
                table.set(index, column, &text);
            }
        }
    }
    missing
}

fn show(rows: &[Row], outcomes: &[Outcome], options: &Options) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let both = rows.iter().zip(outcomes);
    if options.json {
        let rows: Vec<_> = both
            .map(|(row, outcome)| {
                json!({
                    "destination": row.destination(),
                    "address": outcome.ip(row).unwrap_or_else(|| row.ip.clone()),
                    "name": outcome.name(row).unwrap_or_else(|| row.name.clone()),
                    "times_ms": outcome.times.iter().map(|time| milliseconds(time.as_micros())).collect::<Vec<_>>(),
                    "lost": outcome.lost,
                    "reason": outcome.reason,
                })
            })
            .collect();
        return writeln!(stdout, "{}", text::escape_json(&json!(rows).to_string()));
    }
    let mut shown = Table::new(COLUMNS);
    for (row, outcome) in both {
        let ip = outcome.ip(row).unwrap_or_else(|| row.ip.clone());
        let name = outcome.name(row).unwrap_or_else(|| row.name.clone());
        shown.add(&[&ip, &name, &outcome.text().unwrap_or_default()]);
    }
    // A cell may hold anything: the file is the student's, and a name is what a name server says.
    for line in shown.to_bytes().split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        writeln!(stdout, "{}", text::escape_line(line))?;
    }
    Ok(())
}
