//! The table Ex2.txt: all its destinations, pinged side by side.

mod target;

use crate::echo_socket;
use crate::latch::Latch;
use crate::options::Options;
use crate::report::milliseconds;
use common::table::{self, Table};
use common::{Problem, text};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::panic::resume_unwind;
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;
use target::{Outcome, Target};

/// The columns, as the lesson has them.
const COLUMNS: &[&str] = &["Destination IP", "Name (if known)", "Time"];
const IP_COLUMN: usize = 0;
const NAME_COLUMN: usize = 1;
const TIME_COLUMN: usize = 2;

/// How many destinations are pinged at once. Each takes two threads, its own and a lookup's, with a socket each; and a program gets
/// 256 descriptors on macOS, and 1,024 on Linux.
const MAX_DESTINATIONS: usize = 64;

/// Pings every destination of the table, writes what is found into it, and shows it. If the table cannot be read or written, or if
/// this user may not ping at all, nothing is changed.
pub fn run(options: &Options) -> Result<ExitCode, Problem> {
    let stop = Latch::set_by_ctrl_c()?;
    let file = &options.table()?;

    // 1. Read the destinations
    let targets = targets_of(&table::read(file, COLUMNS)?.ok_or_else(|| no_destination(file))?);
    if targets.is_empty() {
        return Err(no_destination(file));
    }
    if targets.len() > MAX_DESTINATIONS {
        return Err(Problem::new(
            format_args!("{} has too many destinations", file.display()),
            format!("{} of them, and at most {MAX_DESTINATIONS} are pinged at once", targets.len()),
            "make two tables of it",
        ));
    }
    // A file that may not be written, and a user who may not ping, are told at once, and not after the pings or in each row.
    OpenOptions::new().write(true).open(file).map_err(Problem::writing(file))?;
    echo_socket::check_permission()?;

    // 2. Ping all of them
    let outcomes = ping_side_by_side(&targets, options, &stop)?;

    // 3. Print and save what came of it, each of them also if the other fails: a full disk, or a reader that has seen enough
    let printed = print(&targets, &outcomes, options).map_err(Problem::output);
    let missing = table::update(file, COLUMNS, |table| Ok(fill_in(table, &targets, &outcomes)))?;
    printed?;
    let name = text::escape_line(file.to_string_lossy().as_bytes());
    if !missing.is_empty() {
        return Err(Problem::new(
            format_args!("not every row could be saved in {name}"),
            format!("changed in the meantime, and not found any more: {}", missing.join(", ")),
            "what was measured is above; type the command again",
        ));
    }
    let _ = writeln!(io::stderr(), "saved in {name}");
    if stop.is_set() {
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

fn targets_of(table: &Table) -> Vec<Target> {
    let targets = (0..table.row_count()).map(|row| target_in(table, row));
    targets.filter(|target| !target.host().is_empty()).collect()
}

fn target_in(table: &Table, row: usize) -> Target {
    Target::new(table.cell(row, IP_COLUMN), table.cell(row, NAME_COLUMN))
}

/// Pings all targets, each on a thread of its own. What came of each, in their order.
fn ping_side_by_side(targets: &[Target], options: &Options, stop: &Latch) -> Result<Vec<Outcome>, Problem> {
    let settings = &options.settings_of_table();
    let progress = &progress_bar(targets.len());
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for target in targets {
            let ping = move || {
                let outcome = target.ping(options, settings, stop).unwrap_or_else(Outcome::without_times);
                progress.inc(1);
                outcome
            };
            threads.push(thread::Builder::new().spawn_scoped(scope, ping).map_err(Problem::threads)?);
        }
        Ok(threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect())
    })
}

/// A line on standard error that moves, if that is a terminal.
fn progress_bar(destinations: usize) -> ProgressBar {
    let progress = ProgressBar::new(destinations as u64);
    if let Ok(style) = ProgressStyle::with_template("{spinner} pinging: {pos} of {len} destinations done, {elapsed}") {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(100));
    progress
}

/// Fills in the table as it is now, which somebody may have changed in the meantime. The hosts whose rows are not there any more.
///
/// Of several rows that say the same the first outcome goes into the first.
fn fill_in<'a>(table: &mut Table, targets: &'a [Target], outcomes: &[Outcome]) -> Vec<&'a str> {
    let mut free: Vec<usize> = (0..table.row_count()).collect();
    let mut missing = Vec::new();
    for (target, outcome) in targets.iter().zip(outcomes) {
        // The first of those that are most alike.
        let alike = free.iter().rev().map(|&row| (likeness(&target_in(table, row), target, outcome), row));
        let Some((1.., row)) = alike.max_by_key(|&(likeness, _)| likeness) else {
            missing.push(target.host());
            continue;
        };
        free.retain(|&other| other != row);
        let now = target_in(table, row);
        let filled = outcome.filled_in(&now);
        if filled.ip != now.ip {
            table.set(row, IP_COLUMN, &filled.ip);
        }
        if filled.name != now.name {
            table.set(row, NAME_COLUMN, &filled.name);
        }
        if let Some(text) = outcome.times_or_reason() {
            table.set(row, TIME_COLUMN, &text);
        }
    }
    missing
}

/// How well a row, as it stands in the file now, is that of the target that was pinged; 0 is not at all. In the meantime somebody
/// may have called it otherwise, or another run may have filled it in.
fn likeness(now: &Target, pinged: &Target, outcome: &Outcome) -> u8 {
    if now == pinged {
        3
    } else if *now == outcome.filled_in(pinged) {
        2
    } else {
        u8::from(!pinged.ip.is_empty() && now.ip == pinged.ip)
    }
}

fn print(targets: &[Target], outcomes: &[Outcome], options: &Options) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let mut table = Table::new(COLUMNS);
    let mut objects = Vec::new();
    for (target, outcome) in targets.iter().zip(outcomes) {
        let Target { ip, name } = outcome.filled_in(target);
        table.add(&[&ip, &name, &outcome.times_or_reason().unwrap_or_default()]);
        objects.push(json!({
            "destination": target.host(),
            "address": ip,
            "name": name,
            "times_ms": outcome.times.iter().map(|time| milliseconds(time.as_micros())).collect::<Vec<_>>(),
            "lost": outcome.lost,
            "reason": outcome.reason,
        }));
    }
    if options.json {
        return writeln!(stdout, "{}", text::escape_json(&json!(objects).to_string()));
    }
    // A cell may hold anything: the file is the student's, and a name is what a name server says.
    for line in table.to_bytes().split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        writeln!(stdout, "{}", text::escape_line(line))?;
    }
    Ok(())
}
