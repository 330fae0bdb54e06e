//! Whatever the file holds: read → write → read is the same table, and foreign lines survive.

use super::{PING, cells};
use common::table::Table;
use proptest::prelude::*;

/// A line as somebody may have written it, with its line break.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let text = prop_oneof![
        2 => "[ |a-zñ漢:\\-+=\\\\\t]{0,24}".prop_map(String::into_bytes),
        2 => prop::collection::vec("[ \t]{0,2}[a-z0-9.ñ漢👩\\\\-]{0,6}[ \t]{0,2}", 0..6).prop_map(|cells| cells.join("|").into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
        1 => prop::sample::select(vec!["|---|---|---|", "+--+", "---|:-:", "", "|", "||", "| - | - |"])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => Just(b"| Time | Destination IP | Name |".to_vec()),
    ];
    let line_break = prop::sample::select(vec![&b"\n"[..], b"\n", b"\r\n", b"\r\r\n"]);
    (text, line_break).prop_map(|(text, line_break)| [&text, line_break].concat())
}

fn lines() -> impl Strategy<Value = Vec<u8>> {
    (prop::collection::vec(line(), 0..8), any::<bool>()).prop_map(|(lines, whole)| {
        let mut bytes = lines.concat();
        if !whole {
            bytes.pop();
        }
        bytes
    })
}

/// A file with a table in it.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let header = prop::sample::select(vec![
        "| Destination IP | Name (if known) | Time |\n|---|---|---|\n",
        "destination | time | TTL\r\n",
        "\tTIME (ms)|Name|Destination|\n=|=\n",
    ]);
    (lines(), header, lines()).prop_map(|(mut before, header, below)| {
        if !before.is_empty() && !before.ends_with(b"\n") {
            before.push(b'\n');
        }
        [&before, header.as_bytes(), &below].concat()
    })
}

/// The lines of a file that have no pipe in them: none of them is ever the table's, but the line of dashes below a header.
fn without_pipes(file: &[u8]) -> Vec<&[u8]> {
    let dashes = |line: &[u8]| line.iter().all(|byte| b"+-=: \t".contains(byte));
    file.split(|byte| b"\r\n".contains(byte)).filter(|line| !line.contains(&b'|') && !dashes(line)).collect()
}

/// A file with a table in any layout, whose lines end in any way.
fn any_layout() -> impl Strategy<Value = Vec<u8>> {
    let header = prop::sample::select(vec![
        "> | Destination IP | Name | Time |",
        "# Destination IP;Name;Time",
        "Destination IP;Name;Time",
        "Destination,Time,Name",
        "│ Destination IP │ Name │ Time │",
        "Destination IP\tName\tTime",
        "Destination IP   Name   Time",
        "Destino ｜ Nombre ｜ Tiempo",
        "| Destination IP | Name | Time |",
    ]);
    let row = "[>#│｜|;,\t a-c\\\"-]{0,20}";
    let around = prop::collection::vec("n[a-z |;\t│]{0,9}|[ -~]{0,12}|", 0..3);
    let line_break = prop::sample::select(vec!["\n", "\r", "\r\n", "\r\r\n"]);
    let rows = prop::collection::vec((row, line_break), 0..6);
    (around.clone(), header, rows, around).prop_map(|(before, header, rows, behind)| {
        let mark = header.split(|c: char| c.is_alphabetic() || "|│".contains(c)).next().unwrap();
        let rows: String = rows.iter().flat_map(|(row, line_break)| [*line_break, mark, row]).collect();
        format!("{}\n{header}{rows}\n\n{}", before.join("\n"), behind.join("\r")).into_bytes()
    })
}

fn lines_of(file: &[u8]) -> impl Iterator<Item = &str> {
    std::str::from_utf8(file).unwrap().split(['\r', '\n'])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_that_is_not_changed_is_the_file(bytes in file()) {
        let table = Table::parse(&bytes, PING).unwrap();
        prop_assert_eq!(table.to_bytes(), bytes);
    }

    #[test]
    fn read_write_read_is_the_same_table(bytes in file(), cell in ".{0,20}", row in any::<prop::sample::Index>(), column in 0..3_usize) {
        let mut table = Table::parse(&bytes, PING).unwrap();
        table.add(&["new"]);
        table.set(row.index(table.row_count()), column, &cell);
        let written = table.to_bytes();
        let again = Table::parse(&written, PING).unwrap();
        prop_assert_eq!(cells(&again, PING), cells(&table, PING));
        prop_assert_eq!(without_pipes(&written), without_pipes(&bytes));
    }

    #[test]
    fn saving_twice_is_saving_once(bytes in file(), cell in "[ -~ñ漢]{0,20}") {
        let change = |bytes: &[u8]| {
            let mut table = Table::parse(bytes, PING).unwrap();
            for row in 0..table.row_count() {
                table.set(row, 2, &cell);
            }
            table.to_bytes()
        };
        let once = change(&bytes);
        prop_assert_eq!(change(&once), once);
    }

    /// In every layout, whatever stands around the table and in its rows.
    #[test]
    fn every_layout_is_read_again_after_a_change(
        bytes in any_layout(), cell in "[ -~é│>;,\t]{0,12}", row in any::<prop::sample::Index>(), column in 0..3_usize
    ) {
        // With a row of another layout it is not read.
        let Some(mut table) = Table::parse(&bytes, PING) else { return Ok(()) };
        prop_assert_eq!(table.to_bytes(), bytes.clone());
        table.add(&["new"]);
        table.set(row.index(table.row_count()), column, &cell);
        let written = table.to_bytes();
        let again = Table::parse(&written, PING).unwrap();
        prop_assert_eq!(cells(&again, PING), cells(&table, PING), "of:\n{}\nwritten:\n{}", String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&written));
        prop_assert_eq!(lines_of(&written).filter(|line| line.starts_with('n')).count(), lines_of(&bytes).filter(|line| line.starts_with('n')).count());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Table::parse(&bytes, PING).is_none_or(|table| table.to_bytes() == bytes));
    }
}
