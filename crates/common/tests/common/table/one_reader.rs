//! One format, one reader: what [`every_line`] reads, a change keeps as the same rows; else it is refused, and nothing is touched.

use super::{IPS, PING};
use common::Problem;
use common::table::{self, every_line};
use std::fs;

/// Sets the IP of the first row and adds another row, as `ips` does: the file then.
fn save(file: &[u8]) -> Result<Vec<u8>, Problem> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("IPs.txt");
    fs::write(&path, file).unwrap();
    let saved = table::update(&path, IPS, |table| {
        table.set(0, 4, "192.168.1.36");
        table.add(&["laptop", "Wire", "2024-03-01", "home", "192.168.1.37"]);
        Ok(())
    });
    let now = fs::read(&path).unwrap();
    assert!(saved.is_ok() || now == file, "refused, and the file is another one");
    saved.map(|()| now)
}

/// The cells of all rows that are certain.
fn rows(file: &[u8]) -> Vec<Vec<String>> {
    let lines = every_line(file, IPS);
    let cells = lines.iter().filter(|line| line.is_in_table);
    let cells = cells.map(|line| (0..5).map(|column| line.cell(column).unwrap_or("(unclear)").to_string()).collect());
    cells.collect()
}

#[track_caller]
fn check_saved(file: impl AsRef<[u8]>) -> String {
    let expected: Vec<Vec<&str>> = vec![
        vec!["mobile", "Wifi", "", "home", "192.168.1.36"],
        vec!["Lab computer", "Wire", "1/3/24", "the lab", "10.1.3.17"],
        vec!["laptop", "Wire", "2024-03-01", "home", "192.168.1.37"],
    ];
    let file = file.as_ref();
    let shown = String::from_utf8_lossy(file);
    let now = save(file).unwrap_or_else(|problem| panic!("{problem}\n{shown}"));
    assert_eq!(rows(&now), expected, "of:\n{shown}\nbecame:\n{}", String::from_utf8_lossy(&now));
    String::from_utf8(now).unwrap()
}

#[track_caller]
fn check_refused(file: impl AsRef<[u8]>, line: usize, why: &str) {
    let shown = String::from_utf8_lossy(file.as_ref()).into_owned();
    let problem = match save(file.as_ref()) {
        Ok(now) => panic!("it is saved:\n{shown}\nbecame:\n{}", String::from_utf8_lossy(&now)),
        Err(problem) => problem.to_string(),
    };
    assert!(problem.contains("is left as it is"), "{problem}");
    assert!(problem.contains(&format!("cause: line {line} ")) && problem.contains(why), "{problem}\n{shown}");
}

const PIPES: &str = "| Machine | Interface | Date | Place | IP |\n|---|---|---|---|---|\n| mobile | Wifi | | home | |\n\
                     | Lab computer | Wire | 1/3/24 | the lab | 10.1.3.17 |\n";

#[test]
fn line_ends_of_all_kinds_are_read_and_kept() {
    assert!(check_saved(PIPES).ends_with("| 192.168.1.37 |\n"));
    let old_mac = check_saved(PIPES.replace('\n', "\r"));
    assert!(!old_mac.contains('\n') && old_mac.matches('\r').count() == 5, "{old_mac:?}");
    let windows = check_saved(PIPES.replace('\n', "\r\n"));
    assert_eq!((windows.matches("\r\n").count(), windows.matches('\r').count()), (5, 5));
    check_saved(PIPES.replace('\n', "\r\r\n"));
    // Mixed: what stands around the table keeps its own, and the new lines never run together with it.
    for (before, behind) in [("by Ana\r", "\rnotes\r"), ("by Ana\n", "\rnotes\n"), ("by Ana\r\n\r", "\n\nnotes\r")] {
        let now = check_saved(format!("{before}{}{behind}", PIPES.replace('\n', "\r")));
        assert!(now.starts_with(before) && now.ends_with(behind), "{now:?}");
    }
    check_saved(PIPES.replacen('\n', "\r", 2).replacen('\n', "\r\n", 1));
}

#[test]
fn a_table_from_a_spreadsheet_is_read() {
    check_saved(
        "Machine\tInterface\tDate\tPlace\tIP\nmobile\tWifi\t\thome\t\nLab computer\tWire\t1/3/24\tthe lab\t10.1.3.17\n",
    );
    check_saved(
        "Machine;Interface;Date;Place;IP\nmobile;Wifi;;home;\nLab computer;Wire;1/3/24;\"the lab\";10.1.3.17\n",
    );
    check_saved(
        "Machine,Interface,Date,Place,IP\r\nmobile,Wifi,,home,\r\n\"Lab computer\",Wire,1/3/24,the lab,10.1.3.17\r\n",
    );
    let now = save(
        b"Machine\tInterface\tDate\tPlace\tIP\n\"my \"\"old\"\" phone, tablet\"\tWifi\t\thome\t\nx\ty\t\tz, more\t\n",
    )
    .unwrap();
    assert_eq!(rows(&now)[0][0], "my \"old\" phone, tablet");
    let times = "Destination IP,Name (if known),Time\n192.168.1.5,Self,\"0.041 ms, 0.052 ms\"\n8.8.8.8,Google,4.31 ms,4.53 ms\n";
    let lines = every_line(times.as_bytes(), PING);
    let cells: Vec<_> = lines.iter().skip(1).map(|line| line.cell(2)).collect();
    assert_eq!(cells, [Some("0.041 ms, 0.052 ms"), Some("4.31 ms, 4.53 ms")]);
}

#[test]
fn a_quoted_table_stays_quoted() {
    for mark in ["> ", ">", "# ", "// ", "> > "] {
        let quoted: String = format!("by Ana\n{PIPES}").lines().flat_map(|line| [mark, line, "\n"]).collect();
        let now = check_saved(&quoted);
        assert!(now.lines().all(|line| line.starts_with(mark.trim_end())), "{now}");
        assert!(now.starts_with(&format!("{mark}by Ana\n{mark}| Machine ")), "{now}");
    }
    let spaces = "> Machine       Interface  Date    Place    IP\n> mobile        Wifi               home\n\
                  > Lab computer  Wire       1/3/24  the lab  10.1.3.17\n\nAnswer\n";
    assert!(check_saved(spaces).contains("\n> | mobile "));
    // A column of numbers is none.
    let numbers = "# | Machine | Interface | Date | Place | IP\n1 | mobile | Wifi | | home |\n\
                   2 | Lab computer | Wire | 1/3/24 | the lab | 10.1.3.17\n";
    assert!(check_saved(numbers).starts_with("| # | Machine "));
}

#[test]
fn other_pipes_and_spaces_are_read() {
    for bar in ["│", "｜", "┃", "║", "¦"] {
        check_saved(PIPES.replace('|', bar));
    }
    let drawn = PIPES.replace('|', "│").replace("│---│---│---│---│---│", "├───┼───┼───┼───┼───┤");
    let now = check_saved(format!("┌───┬───┬───┬───┬───┐\n{drawn}└───┴───┴───┴───┴───┘\n"));
    assert!(now.ends_with("|\n└───┴───┴───┴───┴───┘\n"), "{now}");
    let spaces = "Machine       Interface  Date    Place    IP\nmobile        Wifi               home\n\
                  Lab computer  Wire       1/3/24  the lab  10.1.3.17\n";
    check_saved(spaces);
    check_saved(spaces.replace("  ", "\u{a0}\u{a0}"));
    check_saved(spaces.replace("  ", " \u{2003}"));
    check_saved(PIPES.replace("| ", "|\u{a0}").replace("\u{a0} ", "\u{a0}"));
}

#[test]
fn the_columns_may_have_spanish_names() {
    check_saved(
        PIPES.replace("Machine | Interface | Date | Place | IP", "Máquina | Interfaz | Fecha | Lugar | Dirección IP"),
    );
    // A letter of two characters.
    check_saved(
        PIPES.replace("Machine | Interface | Date | Place | IP", "Ma\u{301}quina | Interfaz | Fecha | Lugar | IP"),
    );
}

#[test]
fn a_table_in_a_page_is_read() {
    assert!(
        check_saved(format!("# Exercise 1\n\n```text\n{PIPES}```\n\nThat is all.\n"))
            .ends_with("|\n```\n\nThat is all.\n")
    );
    assert!(check_saved(format!("\u{feff}{PIPES}\n\n\n")).ends_with("|\n\n\n\n"));
}

#[test]
fn what_cannot_be_read_for_certain_is_refused() {
    // Fewer cells than the header, and not below it.
    let header = "Machine       Interface  Date    Place    IP\n";
    check_refused(format!("{header}mobile  Wifi   home\n"), 2, "which of its cells stands in which column?");
    check_refused(format!("{header}a  b  c  d  e\n   home\n"), 3, "which of its cells stands in which column?");
    // Tabs, of which the last ones are gone.
    check_refused("Machine\tInterface\tDate\tPlace\tIP\nmobile\tWifi\t\thome\n", 2, "which of its cells");
    // A cell that goes on in the next line.
    check_refused("Machine;Interface;Date;Place;IP\nmobile;Wifi;;\"home\nor lab\";\n", 2, "which of its cells");
    check_refused("Machine\tInterface\tDate\tPlace\tIP\nmobile\tWifi\t\tAlcorcon Lab\n", 2, "which of its cells");
    // A header with pipes, and rows without.
    check_refused(
        "Machine | Interface | Date | Place | IP\nmobile   Wifi\nLab computer   Wire\n",
        2,
        "which of its cells",
    );
    // A cell too few before the IP.
    check_refused(format!("{PIPES}| tablet | Wifi | home | 10.1.1.1 |\n"), 5, "which of its cells");
    check_refused(
        PIPES.replace("home", "Alcorc\u{f3}n").chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<_>>(),
        3,
        "is not saved as UTF-8",
    );
}

#[test]
fn rows_outside_the_table_are_told() {
    check_refused(format!("{PIPES}\n{PIPES}"), 6, "names the columns a second time");
    check_refused(format!("{PIPES}{PIPES}"), 5, "names the columns a second time");
    check_refused(format!("{PIPES}\n| tablet | Wifi | | home | |\n"), 6, "stands apart from the table");
    check_refused(PIPES.replace('\n', "\n\n"), 5, "stands apart from the table");
    check_refused(format!("tablet   Wifi   1/3/24   home   10.1.1.1\n\n{PIPES}"), 1, "stands apart from the table");
    check_refused(
        format!("{PIPES}\nnotes\n\ntablet\tWifi\t1/3/24\thome\t10.1.1.1\n"),
        8,
        "stands apart from the table",
    );
    // A note is none of them.
    let now = check_saved(format!("Ana's  table\n\n{PIPES}\nThe gateway is 10.1.3.1\nDNS:   8.8.8.8\na | b\n"));
    assert!(now.ends_with("8.8.8.8\na | b\n"), "{now}");
}

#[test]
fn a_file_with_rows_and_no_table_gets_none() {
    for (file, line) in [
        ("Phone at home: 192.168.1.40.\n", 1),
        ("My IPs\n\nmobile  Wifi  home  10.1.1.1\n", 3),
        ("Machine Interface Date Place IP\nmobile Wifi - home -\n", 1),
        ("<html>\n<table><tr><td>mobile</td></tr></table>\n", 2),
        ("Machine: mobile\nInterface: Wifi\nIP:\n", 2),
    ] {
        check_refused(file, line, "no line names the columns with a pipe between them");
    }
    for notes in ["", "by Ana\n", "Place: home\n", "I will do it tomorrow, at 10:30.\n"] {
        let now = String::from_utf8(save(notes.as_bytes()).unwrap()).unwrap();
        assert!(now.starts_with(notes) && now.contains("| laptop "), "{now}");
    }
}

#[test]
fn a_file_in_another_encoding_is_refused() {
    let utf16: Vec<u8> = PIPES.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let problem = save(&utf16).unwrap_err().to_string();
    assert!(problem.contains("is not saved as UTF-8\ncause: it has a byte 0"), "{problem}");
}
