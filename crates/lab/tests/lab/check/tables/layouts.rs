//! One meaning for every layout: the same cells have the same verdict, however they are divided.

use super::{assert_found, ips, pings};
use serde_json::Value;

const IPS: [&str; 5] = ["Machine", "Interface", "Date", "Place", "IP"];
const EX2: [&str; 3] = ["Destination IP", "Name (if known)", "Time"];

type Grid = Vec<Vec<String>>;

fn grid(header: &[&str], rows: &str) -> Grid {
    let rows = rows.lines().map(|row| row.split('|').map(|cell| cell.trim().to_string()).collect());
    [header.iter().map(ToString::to_string).collect()].into_iter().chain(rows).collect()
}

/// How wide each column is, and one of some more.
fn padded(grid: &Grid, gap: usize) -> Vec<Vec<String>> {
    let width = |column: usize| grid.iter().map(|row| row[column].chars().count()).max().unwrap() + gap;
    let pad =
        |row: &Vec<String>| row.iter().enumerate().map(|(place, cell)| format!("{cell:0$}", width(place))).collect();
    grid.iter().map(pad).collect()
}

fn joined(rows: &[Vec<String>], divider: &str) -> String {
    rows.iter().map(|row| row.join(divider).trim_end().to_string() + "\n").collect()
}

fn quoted_with(mark: &str, text: &str) -> String {
    text.lines().flat_map(|line| [mark, line, "\n"]).collect()
}

/// The text in each layout, and what the layout is called.
fn layouts(grid: &Grid) -> Vec<(&'static str, String)> {
    let framed = |bar: &str| -> String {
        let rows = padded(grid, 0);
        rows.iter().map(|row| [bar, " ", &row.join(&[" ", bar, " "].concat()), " ", bar, "\n"].concat()).collect()
    };
    let pipes = framed("|");
    let quoted = |separator: &str| -> String {
        let cell = |cell: &String| if cell.contains(separator) { format!("\"{cell}\"") } else { cell.clone() };
        grid.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(separator) + "\n").collect()
    };
    let rule = format!("+{}+\n", "-".repeat(40));
    let sheet: String = grid.iter().map(|row| row.join("\t") + "\n").collect();
    vec![
        ("pipes, drawn", framed("│")),
        ("pipes, full width", framed("｜")),
        ("pipes, quoted", quoted_with("> ", &pipes)),
        ("pipes, in a comment", quoted_with("# ", &pipes)),
        ("pipes, fenced", format!("My table\n\n```text\n{pipes}```\n")),
        ("pipes, framed", format!("{rule}{}{rule}", pipes.replacen('\n', &format!("\n{rule}"), 1))),
        ("pipes, CR", pipes.replace('\n', "\r")),
        ("pipes, CR LF", pipes.replace('\n', "\r\n")),
        ("pipes, mixed ends", pipes.replacen('\n', "\r", 2).replacen('\n', "\r\n", 2)),
        ("pipes, a mark before and empty lines behind", format!("\u{feff}{pipes}\n\n\n")),
        ("pipes, empty lines between", pipes.replace('\n', "\n\n")),
        ("pipes without a frame", joined(&padded(grid, 0), " | ").replace("|\n", "| \n")),
        ("spaces", joined(&padded(grid, 3), "")),
        ("spaces, CR", joined(&padded(grid, 3), "").replace('\n', "\r")),
        ("spaces that do not break", joined(&padded(grid, 3), "").replace("  ", " \u{a0}")),
        ("spaces, quoted", quoted_with("> ", &joined(&padded(grid, 3), ""))),
        ("a sheet's tabs", sheet),
        ("semicolons", quoted(";")),
        ("commas", quoted(",")),
        ("pipes", pipes),
    ]
}

/// The verdict and the level and a part of what is said, in all layouts.
#[track_caller]
fn check(table: fn(&str) -> Value, header: &[&str], rows: &str, state: &str, found: Option<(&str, &str)>) {
    check_in(table, layouts(&grid(header, rows)), state, found);
}

/// The same in those layouts that differ the most, and in some of the others.
#[track_caller]
fn check_in_some(table: fn(&str) -> Value, grid: &Grid, number: usize, state: &str, found: (&str, &str)) {
    let mut some = layouts(grid);
    let is_simple = |layout: &str| ["pipes", "spaces", "a sheet's tabs", "semicolons", "commas"].contains(&layout);
    let mut place = number;
    some.retain(|(layout, _)| {
        place += 1;
        is_simple(layout) || place % 4 == 0
    });
    check_in(table, some, state, Some(found));
}

#[track_caller]
fn check_in(table: fn(&str) -> Value, layouts: Vec<(&str, String)>, state: &str, found: Option<(&str, &str)>) {
    for (layout, text) in layouts {
        let item = table(&text);
        assert_eq!(item["state"], state, "{layout}:\n{text}\n{item:#}");
        let Some((level, part)) = found else { continue };
        let findings = item["findings"].as_array().unwrap();
        let is_said =
            |finding: &&Value| finding["level"] == level && finding["message"].as_str().unwrap().contains(part);
        assert!(findings.iter().any(|finding| is_said(&finding)), "{layout}: {part}\n{text}\n{item:#}");
    }
}

const RIGHT_IPS: &str = "mobile | Wifi | 2024-03-01 | home | 192.168.1.36\n\
    mobile | Wifi | 2024-03-02 | Alcorcon Lab | 10.7.33.225\n\
    Lab computer | Wire | 2024-03-02 | Alcorcon Lab | 192.168.253.17";

#[test]
fn tables_of_ips() {
    check(ips, &IPS, RIGHT_IPS, "done", Some(("ok", "3 rows have an IP")));
    let changes = [
        ("192.168.1.36", "", "wrong", "open", "the row «mobile, Wifi, 2024-03-01, home» has no IP"),
        ("10.7.33.225", "?", "wrong", "open", "has no IP"),
        ("192.168.253.17", "", "wrong", "open", "the row «Lab computer, Wire"),
        ("10.7.33.225", "no signal", "done", "note", "the row has no IP; it says «no signal»"),
        ("10.7.33.225", "255.255.224.0", "wrong", "open", "it is a netmask"),
        ("10.7.33.225", "127.0.0.1", "wrong", "open", "it is loopback"),
        ("10.7.33.225", "10.7.333.225", "wrong", "open", "four numbers from 0 to 255"),
        ("10.7.33.225", "192.168.56.1", "done", "note", "VirtualBox"),
        ("10.7.33.225", "10.0.2.15", "done", "note", "VirtualBox"),
        ("10.7.33.225", "192.168.122.1", "done", "note", "libvirt"),
        ("10.7.33.225", "172.17.0.1", "done", "note", "Docker"),
        ("10.7.33.225", "169.254.10.1", "done", "note", "no DHCP server"),
        ("2024-03-01", "", "done", "note", "the row has no date"),
        ("2024-03-02", "", "done", "note", "2 rows have no date"),
        ("2024-03-01", "2024-02-31", "wrong", "open", "the date «2024-02-31» is in no calendar"),
        ("2024-03-01", "45/13/2024", "wrong", "open", "is in no calendar"),
    ];
    for (number, (old, new, state, level, part)) in changes.into_iter().enumerate() {
        check_in_some(ips, &grid(&IPS, &RIGHT_IPS.replace(old, new)), number, state, (level, part));
    }
    let spanish = ["Máquina", "Interfaz", "Fecha", "Lugar", "Dirección IP"];
    let rows =
        RIGHT_IPS.replace("mobile", "móvil").replace("Lab computer", "Ordenador del lab").replace("home", "casa");
    check(ips, &spanish, &rows, "done", None);
    check(ips, &spanish, &rows.replace("192.168.1.36", ""), "wrong", Some(("open", "móvil, Wifi")));
    let untouched =
        "mobile | Wifi | | home |\nmobile | Wifi | | Alcorcon Lab |\nLab computer | Wire | | Alcorcon Lab |";
    check(ips, &IPS, untouched, "empty", Some(("open", "no row has an IP yet")));
}

const RIGHT_EX2: &str = "192.168.253.17 | Self | 0.044 ms, 0.040 ms\n\
    212.128.255.129 | f-l3208-pc01 | no answer\n\
    8.8.8.8 | Google | 4.31 ms, 4.53 ms\n\
    10.7.33.225 | Mobile | 160 ms, 402 ms\n\
    212.128.240.50 | www.urjc.es | 2.52 ms, 2.71 ms\n\
    198.51.100.3 | github.com | 35.1 ms, 35.9 ms\n\
    198.51.100.224 | wikipedia.org | 141 ms, 142 ms\n\
    198.51.100.184 | newdomain.com.au | 311 ms, 318 ms";

#[test]
fn tables_of_times() {
    check(pings, &EX2, RIGHT_EX2, "done", None);
    let changes = [
        ("no answer", "", "done", "note", "the row «212.128.255.129, f-l3208-pc01» has neither a time nor a reason"),
        ("4.31 ms, 4.53 ms", "", "wrong", "open", "the row «8.8.8.8, Google» has neither"),
        ("0.044 ms, 0.040 ms", "...", "wrong", "open", "Self, ...» has neither"),
        ("4.31 ms, 4.53 ms", "4.31 ms,4.53 ms", "done", "ok", "8 destinations"),
        ("212.128.240.50", "212.128.255.129", "wrong", "open", "the row of www.urjc.es has another row's IP"),
        ("4.31 ms, 4.53 ms", "4,31 ms", "done", "note", "only one time"),
        ("no answer", "tiempo de espera agotado", "done", "ok", "8 destinations"),
    ];
    for (number, (old, new, state, level, part)) in changes.into_iter().enumerate() {
        check_in_some(pings, &grid(&EX2, &RIGHT_EX2.replace(old, new)), number, state, (level, part));
    }
    let spanish = ["IP destino", "Nombre", "Tiempo"];
    check(pings, &spanish, &RIGHT_EX2.replace("Self", "Yo"), "done", None);
    let three = RIGHT_EX2.replace("no answer", "").replace("160 ms, 402 ms", "").replace("311 ms, 318 ms", "");
    check(pings, &EX2, &three, "wrong", Some(("open", "3 rows have no time")));
    let untouched: String = RIGHT_EX2.lines().flat_map(|row| [&row[..row.rfind('|').unwrap()], "|\n"]).collect();
    check(pings, &EX2, &untouched, "empty", Some(("open", "no row has a time yet")));
}

/// Every row of both is read.
#[test]
fn a_table_twice_in_a_file_is_two_tables() {
    let table = &layouts(&grid(&IPS, &RIGHT_IPS.replace("192.168.1.36", ""))).pop().unwrap().1;
    let found = ips(&format!("{table}\nAnd once more:\n\n{table}"));
    assert_found(&found, "note", 2, "the row «mobile");
}
