//! The lesson's tables: what is read, what is written, what is never touched.

mod one_reader;
mod properties;
mod saving;
mod whitespace_columns;

use common::table::Table;

const IPS: &[&str] = &["Machine", "Interface", "Date", "Place", "IP"];
const PING: &[&str] = &["Destination IP", "Name (if known)", "Time"];

/// All cells, in the order of the columns.
fn cells(table: &Table, columns: &[&str]) -> Vec<Vec<String>> {
    (0..table.row_count()).map(|row| (0..columns.len()).map(|c| table.cell(row, c).to_string()).collect()).collect()
}

/// Reads `file` as the table of exercise 2: the cells of its rows.
#[track_caller]
fn check_read(file: &str, expected: &[[&str; 3]]) {
    let table = Table::parse(file.as_bytes(), PING).unwrap_or_else(|| panic!("no table in:\n{file}"));
    assert_eq!(cells(&table, PING), expected.iter().map(|row| row.to_vec()).collect::<Vec<_>>(), "in:\n{file}");
    assert_eq!(table.to_bytes(), file.as_bytes(), "unchanged");
}

/// Sets the time of the first row: the file afterwards.
fn set_time(file: impl AsRef<[u8]>, time: &str) -> String {
    let mut table = Table::parse(file.as_ref(), PING).unwrap();
    table.set(0, 2, time);
    String::from_utf8_lossy(&table.to_bytes()).into_owned()
}

#[test]
fn the_tables_as_shipped_are_read_and_a_change_keeps_them_aligned_as_they_are() {
    let shipped = "| Destination IP  | Name (if known)  | Time |\n\
                   |-----------------|------------------|------|\n\
                   | 192.168.124.179 | Self             |      |\n\
                   |                 | newdomain.com.au |      |\n";
    check_read(shipped, &[["192.168.124.179", "Self", ""], ["", "newdomain.com.au", ""]]);
    assert_eq!(set_time(shipped, "1 ms"), shipped.replace("Self             |     ", "Self             | 1 ms"));
}

#[test]
fn it_reads_what_students_write() {
    // Tabs, odd spacing, another case.
    check_read("destination ip\t|\tNAME |time (ms)\n8.8.8.8\t|Google|\t3 ms\n", &[["8.8.8.8", "Google", "3 ms"]]);
    // Without outer pipes an empty first cell is a cell.
    check_read("Destination IP | Name | Time\n | github.com |\n", &[["", "github.com", ""]]);
    // Pipes at the ends of the rows only, or of the header only.
    check_read("Destination | Name | Time\n| 8.8.8.8 | Google | 3 |\n", &[["8.8.8.8", "Google", "3"]]);
    check_read("| Destination | Name | Time |\n8.8.8.8 | Google | 3\n", &[["8.8.8.8", "Google", "3"]]);
    // A line of dashes with colons, with plus signs, with spaces.
    for separator in ["|:---|:-:|--:|", "---|---|---", "+---+---+---+", "| - | - | - |", "===|===|==="] {
        check_read(&format!("|Destination|Name|Time|\n{separator}\n|a|b|c|\n"), &[["a", "b", "c"]]);
    }
    // Too few cells, too many, none.
    check_read("|Destination|Name|Time|\n|a|\n|a|b|c|d|\n|\n", &[["a", "", ""], ["a", "b", "c"], ["", "", ""]]);
    // Another order, a column more, and one that was left out.
    check_read("|Time|TTL|Destination IP|\n|---|\n|3 ms|64|8.8.8.8|\n", &[["8.8.8.8", "", "3 ms"]]);
    // A header of two cells, without a frame.
    check_read("Destination | Time\n8.8.8.8 | 3 ms\n", &[["8.8.8.8", "", "3 ms"]]);
    // A pipe inside a cell.
    check_read("|Destination|Name|Time|\n|a|b\\|c|d|\n", &[["a", "b|c", "d"]]);
    // A byte order mark, and other lines.
    check_read(
        "\u{feff}|Destination|Name|Time|\n|a|b|c|\nMy | notes\n\n|x|y|\n",
        &[["a", "b", "c"], ["My", "notes", ""]],
    );
    check_read("Exercise | 2\n\n|Destination|Name|Time|\n|a|b|c|\n\n|d|e|f|\n", &[["a", "b", "c"]]);
}

#[test]
fn another_table_is_not_taken_for_it() {
    for file in
        ["", "\n", "Destination IP\n", "| Destination IP | Place |\n", "Time | Date\n", "| IPs | Names | Times |\n"]
    {
        assert!(Table::parse(file.as_bytes(), PING).is_none(), "{file}");
    }
    let both = "| Machine | Date |\n| a | b |\n\n| Machine | Interface | Date | Place | IP |\n| c | d | e | f | g |\n";
    assert_eq!(cells(&Table::parse(both.as_bytes(), IPS).unwrap(), IPS), [["c", "d", "e", "f", "g"]]);
    assert!(Table::parse("|x".repeat(500).as_bytes(), IPS).is_none());
    // Of two columns none may be missing.
    assert!(Table::parse(b"| Destination | Time |\n", &["Destination", "Name"]).is_none());
}

#[test]
fn a_change_touches_the_tables_own_lines_and_no_other() {
    let file = b"\xef\xbb\xbf notes \xff\t\r\nDestination|Name|Time\r\n+---+---+\r\na|b|\r\n+---+\r\nn\xe9e|x\r\n\r\n|Destination|\r\n no end";
    let table = set_time(file, "1 ms");
    let lossy = "\u{feff} notes \u{fffd}\t\r\n\
                 | Destination | Name | Time |\r\n\
                 |-------------|------|------|\r\n\
                 | a           | b    | 1 ms |\r\n\
                 +---+\r\n\
                 n\u{fffd}e|x\r\n\
                 \r\n|Destination|\r\n no end";
    assert_eq!(table, lossy);
}

#[test]
fn it_is_aligned_by_what_a_screen_shows() {
    let file = "|Destination|Name|Time|\n|-|:-:|-:|\n|漢字|España|\n|👩‍🚀|a\\|b||more|\n";
    let expected = "| Destination | Name   | Time |\n\
                    |-------------|:------:|-----:|\n\
                    | 漢字        | España | 1 ms |\n\
                    | 👩‍🚀          | a\\|b   |      | more |\n";
    assert_eq!(set_time(file, "1 ms"), expected);
    assert_eq!(set_time(expected, "1 ms"), expected);
}

#[test]
fn a_line_break_at_the_end_is_neither_added_nor_taken() {
    let file = "|Destination|Name|Time|\n|a|b||";
    let mut table = Table::parse(file.as_bytes(), PING).unwrap();
    table.add(&["c", "d"]);
    let text = String::from_utf8(table.to_bytes()).unwrap();
    assert!(text.ends_with("| a           | b    |      |\n| c           | d    |      |"), "{text}");
}

#[test]
fn a_column_that_is_missing_is_added_when_it_is_set() {
    let file = "|Destination|Name|\n|a|b|extra|\n|c|\n";
    let expected = "| Destination | Name | Time |\n\
                    |-------------|------|------|\n\
                    | a           | b    | 1 ms | extra |\n\
                    | c           |      |      |\n";
    assert_eq!(set_time(file, "1 ms"), expected);
}

/// However many cells a header has: if it is read, it is read again with the column that was added to it.
#[test]
fn a_long_header_with_an_added_column_is_still_a_header() {
    for more in 0..40 {
        let file = format!("|Destination|Name{}|\n|a|\n", "|x".repeat(more));
        if Table::parse(file.as_bytes(), PING).is_some() {
            let written = set_time(file, "1 ms");
            assert_eq!(Table::parse(written.as_bytes(), PING).unwrap().cell(0, 2), "1 ms");
        }
    }
}

#[test]
fn a_row_is_added_below_the_last_one_and_above_what_closes_the_table() {
    let mut table = Table::parse(b"|Destination|Name|Time|\n|a|b|c|\n+---+\n\nnotes\n", PING).unwrap();
    table.add(&["d"]);
    assert_eq!(cells(&table, PING), [["a", "b", "c"], ["d", "", ""]]);
    let text = String::from_utf8(table.to_bytes()).unwrap();
    assert!(text.ends_with("| d           |      |      |\n+---+\n\nnotes\n"), "{text}");
}

#[test]
fn a_new_table_has_a_header_and_what_is_set_stays_in_its_cell() {
    let mut table = Table::new(PING);
    let empty = "| Destination IP | Name (if known) | Time |\n|----------------|-----------------|------|\n";
    assert_eq!(String::from_utf8(table.to_bytes()).unwrap(), empty);
    assert_eq!(table.row_count(), 0);
    table.add(&["a\r\nb\tc", "\x1b[2J|\u{202e}", "  x\n", "too much"]);
    assert_eq!(cells(&table, PING), [["a b c", r"\x1b[2J|\u{202e}", "x"]]);
    let again = Table::parse(&table.to_bytes(), PING).unwrap();
    assert_eq!(cells(&again, PING), cells(&table, PING));
}

#[test]
fn what_is_not_there_is_empty_and_cannot_be_set() {
    let mut table = Table::new(PING);
    let before = table.to_bytes();
    table.set(0, 0, "x");
    table.add(&[]);
    table.set(0, 3, "x");
    assert_eq!((table.cell(0, 3), table.cell(1, 0), table.cell(0, 0)), ("", "", ""));
    assert!(table.to_bytes().starts_with(&before));
}

/// What stands for certain in the column of times, of every line.
fn certain(file: &str) -> Vec<Option<String>> {
    common::table::every_line(file.as_bytes(), PING).iter().map(|line| line.cell(2).map(str::to_string)).collect()
}

#[test]
fn a_cell_is_certain_in_a_row_that_is_whole() {
    let certain = certain("Destination IP | Name | Time\n8.8.8.8 | dns | 9 ms\n8.8.4.4 | 9 ms\n");
    assert_eq!(certain, [None, Some("9 ms".to_string()), None]);
}

#[test]
fn a_pipe_at_the_end_is_a_frame_or_divides_an_empty_cell() {
    // A row as long as the header, which has no frame: the last cell is there, and is empty.
    let bare = "Destination | Name | Time\n";
    for row in ["8.8.8.8 | dns |", "| 8.8.8.8 | dns |"] {
        assert_eq!(certain(&format!("{bare}{row}\n"))[1].as_deref(), Some(""), "{row}");
    }
    // Below a header with a frame it is one.
    assert_eq!(certain("| Destination | Name | Time |\n| 8.8.8.8 | dns |\n")[1], None);
    // Below one that has it at its end alone, the first cell is empty.
    let table =
        Table::parse(b"Destination | Name | Time |\n | dns | 3 ms |\n| 8.8.8.8 | dns | 3 ms |\n", PING).unwrap();
    assert_eq!(cells(&table, PING), [["", "dns", "3 ms"], ["8.8.8.8", "dns", "3 ms"]]);
    // A row with a frame below a header without one has no fourth cell.
    let written = set_time(format!("{bare}| a | b | c |\n"), "d");
    assert!(written.ends_with("| a           | b    | d    |\n"), "{written}");
}

#[test]
fn lines_among_the_rows_that_are_no_rows_stay_where_they_are() {
    let file = b"Destination | Name | Time\na | b | c\n+---+---+---+\nd | e | f\n\xff | x | y\ng | h | i\n";
    let table = Table::parse(file, PING).unwrap();
    assert_eq!(cells(&table, PING), [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]);
    let written =
        set_time("| Destination | Name | Time |\n| a | b | c |\n  d   e\n+---+---+---+\n| f | g | h |\n", "i");
    assert!(written.contains("| i    |\n  d   e\n+---+---+---+\n| f "), "{written}");
}

/// A row of one byte must not be written as one of kilobytes, half a million times.
#[test]
fn a_file_cannot_be_made_to_grow_without_end() {
    let mut file = "|Destination|Name|Time|".to_string();
    file.extend((0..20).map(|_| format!("{}|", "x".repeat(80))));
    file.push_str(&"\n|".repeat(200_000));
    let mut table = Table::parse(file.as_bytes(), PING).unwrap();
    table.set(0, 2, "x");
    assert!(table.to_bytes().len() < 100 * file.len());
}
