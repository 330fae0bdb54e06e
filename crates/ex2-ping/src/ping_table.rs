//! The table Ex2.txt: all its destinations, pinged side by side.

mod target;

use crate::echo_socket;
use crate::latch::Latch;
use crate::options::Options;
use crate::report::milliseconds;
use common::table::{self, Table};
use common::{Problem, terminal, text};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::panic::resume_unwind;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;
use target::{Outcome, Target, shortened};

/// The columns, as the lesson has them.
const COLUMNS: &[&str] = &["Destination IP", "Name (if known)", "Time"];

/// Each destination takes two threads with a socket each, and a program gets 256 descriptors on macOS, 1,024 on Linux.
const MAX_DESTINATIONS: usize = 64;

/// Pings every destination of the table, fills in the table, and prints it.
pub fn run(options: &Options) -> Result<ExitCode, Problem> {
    let stop = Latch::set_by_ctrl_c()?;
    let file = &options.table()?;

    // 1. Read the destinations
    let targets = table::read(file, COLUMNS)?.map(|table| targets_of(&table)).unwrap_or_default();
    if targets.is_empty() {
        return Err(Problem::new(
            format_args!("{} has no destination to ping", file.display()),
            format!("no table with the columns {} and a row was found in it", COLUMNS.join(" | ")),
            "write this header and a row below it, with an IP in the first column or a name in the second",
        ));
    }
    if targets.len() > MAX_DESTINATIONS {
        return Err(Problem::new(
            format_args!("{} has too many destinations", file.display()),
            format!("{} of them, and at most {MAX_DESTINATIONS} are pinged at once", targets.len()),
            "make two tables of it",
        ));
    }
    // If the file cannot be written, or this user may not ping, say so at once, and not after the pings or in each row.
    OpenOptions::new().write(true).open(file).map_err(Problem::writing(file))?;
    echo_socket::check_permission()?;

    // 2. Ping all of them
    let outcomes = ping_side_by_side(&targets, options, &stop)?;

    // 3. Print the table and save it. Each is done even if the other fails, because of a full disk, say
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

fn targets_of(table: &Table) -> Vec<Target> {
    let targets = (0..table.row_count()).map(|row| target_of(table, row));
    targets.filter(|target| !target.host().is_empty()).collect()
}

fn target_of(table: &Table, row: usize) -> Target {
    Target::new(table.cell(row, 0), table.cell(row, 1))
}

/// Pings all targets, each on a thread of its own. The outcomes are in the order of the targets.
fn ping_side_by_side(targets: &[Target], options: &Options, stop: &Latch) -> Result<Vec<Outcome>, Problem> {
    let settings = &options.settings_of_table();
    let progress = &progress_bar(targets.len());
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for target in targets {
            let ping = move || {
                let outcome = target.ping(options, settings, stop);
                progress.inc(1);
                outcome
            };
            threads.push(thread::Builder::new().spawn_scoped(scope, ping).map_err(Problem::threads)?);
        }
        Ok(threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect())
    })
}

/// A progress line on standard error, if that is a terminal.
fn progress_bar(destinations: usize) -> ProgressBar {
    let progress = ProgressBar::new(destinations as u64);
    if let Ok(style) = ProgressStyle::with_template("{spinner} pinging: {pos} of {len} destinations done, {elapsed}") {
        progress.set_style(if terminal::is_utf8() { style } else { style.tick_chars(r"|/-\ ") });
    }
    progress.enable_steady_tick(Duration::from_millis(100));
    progress
}

/// Fills in the table, which somebody may have changed in the meantime. Returns the hosts whose rows are gone. Of rows that say the
/// same, the first gets the first outcome.
fn fill_in<'a>(table: &mut Table, targets: &'a [Target], outcomes: &[Outcome]) -> Vec<&'a str> {
    let mut free: Vec<usize> = (0..table.row_count()).collect();
    let mut missing = Vec::new();
    for (target, outcome) in targets.iter().zip(outcomes) {
        // The first of those that are most alike.
        let alike = free.iter().rev().map(|&row| (likeness(&target_of(table, row), target, outcome), row));
        let Some((1.., row)) = alike.max_by_key(|&(likeness, _)| likeness) else {
            missing.push(target.host());
            continue;
        };
        free.retain(|&other| other != row);
        // In a row that somebody has changed only the times are new.
        let is_unchanged = target_of(table, row) == *target;
        let Target { ip, name } = if is_unchanged { &outcome.filled } else { &Target::default() };
        let times = &outcome.times_or_reason().unwrap_or_default();
        for (column, text) in [ip, name, times].into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            table.set(row, column, text);
        }
    }
    missing
}

/// How well a row of the file now matches the pinged target, from 0 for not at all: in the meantime somebody may have renamed it, or
/// another run may have filled it in.
fn likeness(now: &Target, pinged: &Target, outcome: &Outcome) -> u8 {
    if now == pinged {
        3
    } else if *now == outcome.filled {
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
        let Target { ip, name } = &outcome.filled;
        table.add(&[ip, name, &outcome.times_or_reason().unwrap_or_default()]);
        objects.push(json!({
            "destination": target.host(),
            "address": ip,
            "name": name,
            "times_ms": outcome.times.iter().map(|(_, time)| milliseconds(time.as_micros())).collect::<Vec<_>>(),
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
    // What a cell has no room for.
    for (target, outcome) in targets.iter().zip(outcomes) {
        let Some(reason) = outcome.reason.as_deref().filter(|&reason| shortened(reason) != reason) else { continue };
        let note = text::escape_line(format!("note: {}: {reason}", target.host()).as_bytes());
        let _ = writeln!(io::stderr(), "{note}");
    }
    Ok(())
}
