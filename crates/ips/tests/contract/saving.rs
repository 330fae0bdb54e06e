//! The file is whole at any moment, whatever other program writes it, and whenever this one is killed.

use crate::required::course::{Course, SHIPPED};
use crate::support::ips::DAY;
use assert_cmd::cargo::cargo_bin;
use common::testing::Program;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

fn adding(course: &Course, machine: &str, number: u32) -> Command {
    let mut command = Command::new(cargo_bin!("ips"));
    let ip = format!("10.0.{}.{}", number / 100, number % 100 + 1);
    command.args(["add", "--machine", machine, "--interface", "Wifi", "--place", "home", "--ip", &ip, "--date", DAY]);
    command.current_dir(course.folder());
    command
}

fn machines(table: &str) -> Vec<&str> {
    let rows = table.lines().skip_while(|line| !line.starts_with("|--")).skip(1).filter(|line| line.starts_with('|'));
    rows.map(|row| row.split('|').nth(1).unwrap().trim()).collect()
}

#[test]
fn many_programs_at_once_lose_no_row() {
    let course = Course::with(SHIPPED);
    let mut programs: Vec<_> =
        (0..20).map(|number| Program::start(adding(&course, &format!("m{number}"), number)).unwrap()).collect();
    for program in &mut programs {
        let ended = program.wait_for_end().unwrap();
        assert!(ended.success(), "{}", program.stderr());
    }
    let table = course.table();
    let mut found = machines(&table);
    found.sort_unstable();
    let mut expected: Vec<_> = (0..20).map(|number| format!("m{number}")).collect();
    expected.extend(["mobile", "mobile", "Lab computer"].map(String::from));
    expected.sort_unstable();
    assert_eq!(found, expected);
}

/// Each program is killed (SIGKILL) at another moment of its short life; whatever it had begun, the file is the old or the new.
#[test]
fn a_program_that_is_killed_at_any_moment_leaves_a_whole_file() {
    const ROUNDS: u32 = 200;
    let course = Course::with(&format!("notes\n\n{SHIPPED}\nmore notes\n"));
    let mut before = course.table();
    let mut saved = 0;
    // Later if it was killed too early to save, else earlier: most of them are killed about when they save.
    let mut life = Duration::ZERO;
    for round in 0..ROUNDS {
        let program = Program::start(adding(&course, &format!("m{round}"), round)).unwrap();
        let start = Instant::now();
        while start.elapsed() < life {
            std::hint::spin_loop();
        }
        drop(program);

        let after = course.table();
        assert!(after.starts_with("notes\n\n| Machine ") && after.ends_with(" |\n\nmore notes\n"), "{after}");
        let (old, new) = (machines(&before), machines(&after));
        assert_eq!(old, new[..old.len()], "no row is lost");
        match new.len() - old.len() {
            0 => life += Duration::from_micros(200),
            1 => (saved, life) = (saved + 1, life * 2 / 3),
            _ => panic!("{after}"),
        }
        before = after;
    }
    assert!((1..ROUNDS).contains(&saved), "it has to be killed before and after saving: {saved} of {ROUNDS} saved");
    // What was left behind is hidden, and nothing else is there.
    for entry in fs::read_dir(course.folder().join("session-08")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "IPs.txt" || name.starts_with(".IPs.txt.saving-"), "{name}");
    }
}
