//! Extra features, which are not graded.

use crate::required::course::{Course, SHIPPED};
use crate::support::ips::ips;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};
use std::fs;
use std::path::MAIN_SEPARATOR_STR;

/// A path as this system writes it.
fn path(slashes: &str) -> String {
    slashes.replace('/', MAIN_SEPARATOR_STR)
}

#[test]
fn help_and_version_have_the_usual_form() {
    let usage = contains("Usage: ips [OPTIONS]").and(contains("Example: ips --save --machine "));
    ips(&["--help"]).assert().code(0).stdout(usage);
    ips(&["add", "--help"]).assert().code(0).stdout(starts_with("Example: ips add --machine mobile"));
    ips(&["--version"]).assert().code(0).stdout(starts_with("ips "));
}

#[test]
fn what_was_saved_is_on_standard_output_and_where_and_what_was_there_on_standard_error() {
    let course = Course::with(SHIPPED);
    let file = |row: &str| starts_with(format!("saved in {}, row {row}\n", path("session-08/IPs.txt")));
    let add = |ip: &str| course.add("mobile", "wifi", "Alcorcon Lab", ip);
    let row = "mobile | Wifi | 2024-03-01 | Alcorcon Lab | 10.1.128.39\n";
    add("10.1.128.39").assert().stdout(row).stderr(file("2: it had no IP yet"));
    add("10.1.128.39").assert().stdout(row).stderr(file("2: it had this IP already"));
    add("10.1.128.40").assert().stderr(file("2: its IP was 10.1.128.39"));
    course.add("tablet", "Wifi", "home", "10.1.128.41").assert().stderr(file("4: it is new"));
}

#[test]
fn the_table_is_found_from_a_folder_of_the_course() {
    let course = Course::with(SHIPPED);
    let inner = course.folder().join("crates/ips");
    fs::create_dir_all(&inner).unwrap();
    for (place, folder, shown) in [
        ("home", inner, "../../session-08/IPs.txt"),
        ("Alcorcon Lab", course.folder().join("session-08"), "../session-08/IPs.txt"),
    ] {
        let mut add = course.add("mobile", "Wifi", place, "10.1.128.39");
        add.current_dir(folder).assert().code(0).stderr(starts_with(format!("saved in {}, row ", path(shown))));
    }
    assert_eq!(course.table().matches("10.1.128.39").count(), 2);
}

#[test]
fn another_file_can_be_named_and_without_a_course_it_has_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::with(SHIPPED);
    let add = || {
        let mut add = course.add("mobile", "Wifi", "home", "10.1.128.39");
        add.current_dir(folder.path());
        add
    };
    add().assert().code(1).stderr(
        starts_with(format!("error: the table {} was not found\n", path("session-08/IPs.txt")))
            .and(contains("--file FILE")),
    );
    add().args(["--file", "mine.txt"]).assert().code(0);
    assert_eq!(
        fs::read_to_string(folder.path().join("mine.txt")).unwrap(),
        "\
| Machine | Interface | Date       | Place | IP          |
|---------|-----------|------------|-------|-------------|
| mobile  | Wifi      | 2024-03-01 | home  | 10.1.128.39 |
"
    );
}

#[test]
fn empty_cells_are_filled_in_but_another_machines_ip_is_never_taken_away() {
    let course = Course::with(
        "\
| Machine | Interface | Date | Place | IP |
|---------|-----------|------|-------|----|
| | | | home | 10.0.0.9 |
| | Wifi | | | |
| mobile | | | | |
",
    );
    course.add("mobile", "Wifi", "home", "10.0.0.1").assert().code(0);
    course.add("tablet", "Wifi", "home", "10.0.0.2").assert().code(0);
    course.add("laptop", "Wire", "home", "10.0.0.3").assert().code(0);
    assert_eq!(
        course.table(),
        "\
| Machine | Interface | Date       | Place | IP       |
|---------|-----------|------------|-------|----------|
|         |           |            | home  | 10.0.0.9 |
| tablet  | Wifi      | 2024-03-01 | home  | 10.0.0.2 |
| mobile  | Wifi      | 2024-03-01 | home  | 10.0.0.1 |
| laptop  | Wire      | 2024-03-01 | home  | 10.0.0.3 |
"
    );
}

/// A table whose columns are told by spaces or tabs is the table; no second one is added below it.
#[test]
fn a_table_without_pipes_is_filled_in_too() {
    let course = Course::with(
        "Exercise 1

Machine         Interface   Date       Place          IP
mobile          Wifi                   Alcorcon Lab
Lab computer\tWire\t1/3/2024\tAlcorcon Lab\t10.1.3.17

notes
",
    );
    course.add("mobile", "Wifi", "Alcorcon Lab", "10.1.128.39").assert().code(0);
    course.add("laptop", "Wire", "home", "10.0.0.3").assert().code(0);
    assert_eq!(
        course.table(),
        "\
Exercise 1

| Machine      | Interface | Date       | Place        | IP          |
|--------------|-----------|------------|--------------|-------------|
| mobile       | Wifi      | 2024-03-01 | Alcorcon Lab | 10.1.128.39 |
| Lab computer | Wire      | 1/3/2024   | Alcorcon Lab | 10.1.3.17   |
| laptop       | Wire      | 2024-03-01 | home         | 10.0.0.3    |

notes
"
    );
}

/// A name may be written with letters of one character or of two, and what it is stays what the student wrote.
#[test]
fn a_letter_of_two_characters_is_the_same_letter() {
    let course = Course::with(
        "| Machine | Interface | Date | Place | IP |\n|---|---|---|---|---|\n| Mo\u{301}vil | Wifi | | Alcorco\u{301}n | |\n",
    );
    course.add("Móvil", "Wifi", "Alcorcón", "10.1.128.39").assert().code(0).stderr(contains("row 1: it had no IP yet"));
    assert_eq!(course.table().matches("10.1.128.39").count(), 1);
    assert!(course.table().contains("| Mo\u{301}vil"), "{}", course.table());
}

/// The lines of an old Mac, and of a spreadsheet's export.
#[test]
fn a_table_with_other_line_ends_stays_one() {
    let course = Course::with(
        "| Machine | Interface | Date | Place | IP |\r|---|---|---|---|---|\r| mobile | Wifi | | home | 192.168.1.7 |\r",
    );
    course.add("Lab computer", "Wire", "Lab", "10.1.3.17").assert().code(0).stderr(contains("row 2: it is new"));
    assert_eq!(
        course.table(),
        "| Machine      | Interface | Date       | Place | IP          |\r\
         |--------------|-----------|------------|-------|-------------|\r\
         | mobile       | Wifi      |            | home  | 192.168.1.7 |\r\
         | Lab computer | Wire      | 2024-03-01 | Lab   | 10.1.3.17   |\r"
    );
}

/// A row that cannot be read might be the one that is added.
#[test]
fn a_table_that_cannot_be_read_for_certain_is_refused() {
    for (table, line) in [
        ("Machine       Interface   Date   Place   IP\ntablet   Wifi   home\n", 2),
        ("| Machine | Interface | Date | Place | IP |\n\n| mobile | Wifi | | home | |\n", 3),
        ("Teléfono en casa: 192.168.1.40.\n", 1),
    ] {
        let course = Course::with(table);
        course
            .add("mobile", "Wifi", "home", "10.1.128.39")
            .assert()
            .code(1)
            .stdout("")
            .stderr(contains("IPs.txt is left as it is: ").and(contains(format!("\ncause: line {line} "))));
        assert_eq!(course.table(), table);
    }
}

/// "A reader that goes away (`| head -1`) ends the program quietly."
#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_ends_it_quietly() {
    let (reader, writer) = std::os::unix::net::UnixStream::pair().unwrap();
    drop(reader);
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("ips"));
    command.stdout(std::os::fd::OwnedFd::from(writer));
    let output = command.stderr(std::process::Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
