//! What is found in the two tables: each finding, once.

mod ips_table;
mod layouts;
mod ping_table;
mod verdicts;

use super::{Folder, IPS, PINGS, assert_found, shipped};
use serde_json::Value;

#[track_caller]
fn ips(table: &str) -> Value {
    Folder::new(&[("session-08/IPs.txt", table)]).deliverable("IPs")
}

#[track_caller]
fn pings(table: &str) -> Value {
    Folder::new(&[("session-08/Ex2.txt", table)]).deliverable("Ex2")
}

/// The table with one of its texts replaced, which has to be there.
#[track_caller]
fn with(table: &str, old: &str, new: &str) -> String {
    assert!(table.contains(old), "{old}");
    table.replace(old, new)
}

/// The table without the row that holds the text.
fn without_row(table: &str, text: &str) -> String {
    table.lines().filter(|line| !line.contains(text)).fold(String::new(), |all, line| all + line + "\n")
}

#[track_caller]
fn assert_done(deliverable: &Value) {
    assert_eq!(deliverable["state"], "done", "{deliverable:#}");
    assert_eq!(deliverable["next"], Value::Null);
}

#[test]
fn a_file_that_is_missing_is_named_where_it_belongs() {
    let folder = Folder::new(&[("S08/notes.txt", "")]);
    for (name, file) in [("IPs", "S08/IPs.txt"), ("Ex2", "S08/Ex2.txt")] {
        let deliverable = folder.deliverable(name);
        assert_eq!((&deliverable["state"], &deliverable["file"]), (&Value::from("missing"), &Value::Null));
        assert_found(&deliverable, "open", 0, &format!("there is no file {}", folder.path().join(file).display()));
    }
}

#[test]
fn an_empty_file_is_told_as_empty() {
    for empty in ["", " \n\n\t\r\n"] {
        assert_found(&ips(empty), "open", 0, "it is empty");
        assert_found(&pings(empty), "open", 0, "it is empty");
    }
}

#[test]
fn a_file_with_something_else_in_it_has_no_table() {
    let prose = "Exercise of Ana. I will do it tomorrow,\nmy word of honour.\n";
    assert_found(&ips(prose), "open", 0, "it has no row of the lesson's table");
    assert_found(&pings(prose), "open", 0, "it has no row of the lesson's table");
}

#[test]
fn the_lessons_tables_are_told_as_not_filled_in() {
    let ips = ips(&shipped("IPs.txt"));
    assert_found(&ips, "open", 0, "no row has an IP yet");
    assert_eq!(ips["findings"].as_array().unwrap().len(), 1);
    assert_found(&pings(&shipped("Ex2.txt")), "open", 0, "no row has a time yet");
}

#[test]
fn a_document_that_is_no_text_is_told() {
    let found = Folder::new(&[("session-08/IPs.docx", "PK\u{3}\u{4}")]).deliverable("IPs");
    assert_found(&found, "open", 0, "it is not plain text");
    assert_eq!(found["file"], "session-08/IPs.docx");
}

#[test]
fn every_spelling_is_found() {
    for name in
        ["IPs.txt", "ips.txt", "IPS.TXT", "ips.md", "IPs", "ips", "ex1.txt", "Ex-1.md", "ip s.txt", "IPs.txt.txt"]
    {
        for folder in ["session-08", "S08", "Session 8", "SESSION_08", "pne/session-08", "."] {
            let name = format!("{folder}/{name}");
            assert_done(&Folder::new(&[(&name, IPS)]).deliverable("IPs"));
        }
    }
    for name in
        ["Ex2.txt", "EX2.txt", "ex 2.txt", "ex-2", "Ex_2.md", "exercise 2.txt", "Exercise2", "Ex2/Ex2.txt", "pings.txt"]
    {
        assert_done(&Folder::new(&[(&format!("S08/{name}"), PINGS)]).deliverable("Ex2"));
    }
}

#[test]
fn of_two_files_the_one_that_is_done_counts() {
    let folder =
        Folder::new(&[("S08/EX2.txt", ""), ("S08/Ex2.txt", PINGS), ("S08/IPs.docx", "PK"), ("S08/ips.txt", IPS)]);
    assert_eq!(folder.deliverable("Ex2")["file"], "S08/Ex2.txt");
    assert_eq!(folder.deliverable("IPs")["file"], "S08/ips.txt");
}

/// Seven of a hundred students handed in `IPs.py`.
#[test]
fn a_table_with_the_name_of_a_program_is_to_be_renamed() {
    let next = |files: &[(&str, &str)], name: &str| {
        let folder = Folder::new(files);
        let output = super::lab().args(["check", "--json"]).current_dir(folder.path()).output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = json["deliverables"].as_array().unwrap();
        let item = list.iter().find(|item| item["name"] == name).unwrap().clone();
        assert_found(&item, "open", 0, "it is a table, and has the name of a program: rename it");
        item["next"].as_str().unwrap().to_string()
    };
    assert_eq!(next(&[("S08/IPs.py", IPS)], "IPs"), "mv S08/IPs.py S08/IPs.txt");
    let with_code = format!("print(\"Exercise 2\")\n\n{PINGS}");
    assert_eq!(
        next(&[("S 08/Ex 2.py", &with_code), ("S 08/IPs.txt", IPS)], "Ex2"),
        "mv 'S 08/Ex 2.py' 'S 08/Ex 2.txt'"
    );
    // The table as the lesson gives it is no other one.
    assert_eq!(next(&[("S08/IPs.py", IPS), ("S08/IPs.txt", &shipped("IPs.txt"))], "IPs"), "mv S08/IPs.py S08/IPs.txt");
    let folder = Folder::new(&[("S08/IPs.py", IPS), ("S08/IPs.txt", &with(IPS, "192.168.1.36", ""))]);
    assert_eq!(folder.deliverable("IPs")["file"], "S08/IPs.txt");
    let folder = Folder::new(&[("S08/IPs.py", super::PROGRAM)]);
    assert_eq!(folder.deliverable("IPs")["state"], "missing");
}

/// The program that fills in a table may be the student's own.
#[test]
fn no_program_is_named_that_is_not_written() {
    let starter = "fn main() {\n    Err(Problem::not_written(\"a\", \"b\"))\n}\n";
    for (main, start) in [(starter, "write your program "), ("fn main() {\n    run();\n}\n", "cargo run -q -p ")] {
        let mut files: Vec<_> =
            ["crates/ips/Cargo.toml", "crates/ex2-ping/Cargo.toml"].map(|manifest| (manifest, "")).into();
        files.extend([("crates/ips/src/main.rs", main), ("crates/ex2-ping/src/main.rs", main)]);
        for name in ["IPs", "Ex2"] {
            let next = Folder::new(&files).deliverable(name)["next"].as_str().unwrap().to_string();
            assert!(next.starts_with(start), "{next}");
        }
        let (ips, pings) = (shipped("IPs.txt"), shipped("Ex2.txt"));
        files.extend([("session-08/IPs.txt", ips.as_str()), ("session-08/Ex2.txt", pings.as_str())]);
        for name in ["IPs", "Ex2"] {
            let next = Folder::new(&files).deliverable(name)["next"].as_str().unwrap().to_string();
            assert!(next.starts_with(start), "{next}");
            assert_eq!(next.contains(&format!("{name}.txt")), main != starter, "{next}");
        }
    }
}

#[test]
fn what_is_found_too_often_is_counted() {
    let rows = "| pc | Wire | | lab | 255.255.255.0 |\n".repeat(50);
    let found = ips(&format!("{IPS}{rows}"));
    assert_eq!(found["findings"].as_array().unwrap().len(), 12);
    assert!(found["left_out"].as_u64().unwrap() >= 38, "{found:#}");
}

#[test]
fn what_is_open_is_never_left_out_for_notes() {
    let notes = "| pc | Wire | | lab | 10.0.0.255 |\n".repeat(20);
    let found = ips(&format!("{IPS}{notes}| pc | Wire | | lab | 255.255.255.0 |\n{notes}"));
    assert_found(&found, "open", 26, "it is a netmask");
    assert_found(&found, "note", 6, "broadcast");
    assert_eq!(found["state"], "wrong");
    // 40 notes, that these rows have no date, one thing open, and how many rows have an IP.
    assert_eq!(found["left_out"], 43 - 12);
}

/// The programs look for the lesson's file by themselves.
#[test]
fn a_command_names_the_file_only_where_it_has_to() {
    for (name, next) in [("IPs.txt", "--save --machine"), ("ips.md", "--save session-08/ips.md --machine")] {
        let folder = Folder::new(&[(&format!("session-08/{name}"), "")]);
        let output = super::lab().args(["check", "--json"]).current_dir(folder.path()).output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(json["next"].as_str().unwrap().contains(next), "{json:#}");
    }
}
