//! Tables without pipes: two thirds of what students hand in.

use super::{IPS, PING, cells, check_read, set_time};
use common::table::Table;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

#[test]
fn columns_may_be_told_by_spaces_or_tabs() {
    let row = [["8.8.8.8", "Google", "3 ms"]];
    check_read("Destination IP   Name (if known)   Time\n8.8.8.8          Google            3 ms\n", &row);
    check_read("Destination IP\tName\tTime\n8.8.8.8\t\tGoogle\t3 ms\n", &row);
    check_read("  destination \tNAME   time (ms)\t\r\n--------\t----   ----\r\n\t 8.8.8.8  Google \t  3 ms \r\n", &row);
    for rule in ["-----------------", "===========  ====  =====", "---\t---\t---", "+---+---+---+"] {
        check_read(&format!("Destination  Name    Time\n{rule}\n8.8.8.8      Google  3 ms\n"), &row);
    }
    // With as many cells as the header, a row is clear wherever they stand.
    check_read("Destination  Name  Time\n8.8.8.8  Google\t\t3 ms", &row);
    // Another order, another column, and one of five left out.
    check_read("Time   TTL  Name    Destination\n3 ms   64   Google  8.8.8.8\n", &row);
    let table = Table::parse(b"Machine  Interface  Place  IP\nmobile   Wifi       home   10.0.0.1\n", IPS).unwrap();
    assert_eq!(cells(&table, IPS), [["mobile", "Wifi", "", "home", "10.0.0.1"]]);
    // A line of dashes without pipes below a header with pipes.
    check_read("Destination | Name | Time\n-------------------------\n8.8.8.8 | Google | 3 ms\n", &row);
}

#[test]
fn where_cells_are_empty_the_others_stand_below_their_header() {
    check_read(
        "Destination IP\tName\tTime\n\
         192.168.124.179\tSelf\n\
         8.8.8.8\t\t\t3 ms\n\
         \t\twww.urjc.es\n\
         212.128.240.50\n",
        &[["192.168.124.179", "Self", ""], ["8.8.8.8", "", "3 ms"], ["212.128.240.50", "", ""]],
    );
    let file =
        "Destination  Name      Time\n             漢字.com\n                       3 ms\n8.8.8.8                ñ\n";
    check_read(file, &[["", "漢字.com", ""], ["", "", "3 ms"], ["8.8.8.8", "", "ñ"]]);
}

/// What could be meant in two ways is not guessed: these rows are not read, and stay as they are.
#[test]
fn a_row_that_is_not_clear_is_kept_as_it_is() {
    let header = "Destination  Name         Time\n";
    for row in [
        // Not below a header's beginning, and below two of them.
        "8.8.8.8     Google",
        "               Google",
        "a destination too long   3 ms",
        // As many cells as the header has, and yet "Google  DNS" is one of them.
        "             Google  DNS  3 ms",
        "8.8.8.8      Google  DNS",
        // More cells than the header has.
        "8.8.8.8      Google       3 ms  4 ms",
        "----------",
    ] {
        let file = format!("{header}a            b            c\n{row}\nd            e            f\n");
        check_read(&file, &[["a", "b", "c"], ["d", "e", "f"]]);
        let written = set_time(&file, "1 ms");
        assert_eq!(
            written,
            format!(
                "| Destination | Name | Time |\n\
                 |-------------|------|------|\n\
                 | a           | b    | 1 ms |\n\
                 {row}\n\
                 | d           | e    | f    |\n"
            )
        );
        assert_eq!(set_time(&written, "1 ms"), written, "and is read again in the same way");
    }
    // Where each line has as many tabs as there are columns to divide, two of them may be an empty cell.
    check_read("Destination IP\tName\tTime\n8.8.8.8\t\tGoogle\n", &[]);
    check_read("Destination\tName\tTime\n8.8.8.8  9.9.9.9\tGoogle\t\n", &[]);
}

#[test]
fn a_row_that_is_no_utf8_is_kept_as_it_is() {
    let file = b"Destination  Name  Time\nAlcorc\xf3n  b   c\nd  e  f\nnotes \xf3\n|no|row|\n";
    let mut table = Table::parse(file, PING).unwrap();
    assert_eq!(cells(&table, PING), [["d", "e", "f"]]);
    table.set(0, 0, "x");
    let written = table.to_bytes();
    let expected = b"| Destination | Name | Time |\n|-------------|------|------|\n\
        Alcorc\xf3n  b   c\n| x           | e    | f    |\nnotes \xf3\n|no|row|\n";
    assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(expected));
    assert!(written == expected);
}

#[test]
fn it_ends_at_an_empty_line_or_at_text_below_no_header() {
    let table = "Destination  Name  Time\na            b     c\n";
    for after in [" \t\nd            e     f\n", "These are my notes for the exercise\n\nd  e  f\n", "\n|d|e|f|\n"] {
        check_read(&format!("{table}{after}"), &[["a", "b", "c"]]);
        let written = set_time(format!("{table}{after}"), "1 ms");
        assert!(written.ends_with(&format!("\n| a           | b    | 1 ms |\n{after}")), "{written}");
    }
}

/// Below a table that has pipes now, a line without them does not hide the rows further below; a note does not become a row.
#[test]
fn what_stands_between_rows_does_not_end_a_table_with_pipes() {
    let table = "| Destination | Name | Time |\n|---|---|---|\n| a | b | c |\n";
    check_read(&format!("{table}  d   e\n-----\n| f | g | h |\n"), &[["a", "b", "c"], ["f", "g", "h"]]);
    check_read(&format!("{table}Exercise  3\necho hi | nc 127.0.0.1 8080\n"), &[["a", "b", "c"]]);
    check_read(&format!("{table}Exercise 3\n| f | g | h |\n"), &[["a", "b", "c"]]);
}

#[test]
fn what_is_no_table_or_has_pipes_in_places_is_not_taken_for_one() {
    for file in [
        "Name:  Ana    Time:  10:00\n",
        "Destination Name Time\n8.8.8.8 Google 3\n",
        "Destination  Name\n8.8.8.8      Google\n",
        "Destination  Name  Time\n8.8.8.8 | Google | 3 ms\n",
        "Destination  Name  Time\na  b  c\n| 8.8.8.8 | Google | 3 ms |\n",
    ] {
        assert!(Table::parse(file.as_bytes(), PING).is_none(), "{file}");
    }
    // A pipe inside a cell is one.
    check_read("Destination  Name  Time\na  b|c\\|  d\n", &[["a", "b|c\\|", "d"]]);
    let written = set_time("Destination  Name  Time\na  b|c\\|  d\n", "e");
    assert_eq!(cells(&Table::parse(written.as_bytes(), PING).unwrap(), PING), [["a", "b|c\\|", "e"]]);
    // A cell that reaches to where the next one begins stands below both.
    check_read("Destination  Time  Name\n8.8.8.8.8.8.8      dns\na  b  c\n", &[["a", "c", "b"]]);
    // Another one further below is found.
    check_read("Destination  Name  Time\n|Destination|Name|Time|\n|a|b|c|\n", &[["a", "b", "c"]]);
}

/// How somebody may have divided the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Spaces up to the column.
    Spaces,
    /// Tabs up to the column, which stands at a tab stop.
    Tabs,
    /// One tab between two cells, empty or not.
    OneTab,
    /// All cells are there, with anything between them.
    Odd,
}

/// The lines of a table, the header first; where each column begins.
fn written(rows: &[Vec<String>], styles: &[Style], odd: &[String]) -> Vec<String> {
    let mut starts = vec![0];
    for column in 0..PING.len() {
        let widest = rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        starts.push((starts[column] + widest + 2).next_multiple_of(8));
    }
    let line = |(cells, style): (&Vec<String>, &Style)| match style {
        Style::OneTab => cells.join("\t"),
        Style::Odd => cells.iter().zip(odd).flat_map(|(cell, gap)| [cell.as_str(), gap]).collect(),
        Style::Spaces | Style::Tabs => {
            let (mut line, mut end) = (String::new(), 0);
            for (cell, start) in cells.iter().zip(&starts).filter(|(cell, _)| !cell.is_empty()) {
                if *style == Style::Spaces {
                    line.push_str(&" ".repeat(start - end));
                } else {
                    line.push_str(&"\t".repeat((start - end).div_ceil(8)));
                }
                line.push_str(cell);
                end = start + cell.width();
            }
            line
        }
    };
    rows.iter().zip(styles).map(line).collect()
}

fn table() -> impl Strategy<Value = (Vec<Vec<String>>, Vec<Style>, Vec<String>)> {
    let cell = prop_oneof![
        6 => "[a-z0-9.ñ漢]{1,9}( [a-z|]{1,5})?",
        1 => "[a-z]{1,3}  [a-z]{1,3}",
        3 => Just(String::new())
    ];
    let row = (prop::collection::vec(cell, 3), any::<prop::sample::Index>());
    let all = prop::sample::select(vec![Style::Spaces, Style::Tabs, Style::OneTab, Style::Odd]);
    let any_style = prop::sample::select(vec![Style::Spaces, Style::Tabs, Style::Odd]);
    let styles = prop_oneof![all.prop_map(|style| vec![style; 9]), prop::collection::vec(any_style, 9)];
    let gap = prop::sample::select(vec!["  ", "\t", "\t\t", " \t ", "    "]).prop_map(String::from);
    (prop::collection::vec(row, 0..8), styles, prop::collection::vec(gap, 3)).prop_map(|(rows, mut styles, gaps)| {
        // Rows cannot be aligned with a header that is not.
        styles[0] = *styles.iter().find(|style| **style != Style::Odd).unwrap_or(&styles[0]);
        let header = PING.iter().map(ToString::to_string).collect();
        let mut all = vec![header];
        for ((mut row, filled), style) in rows.into_iter().zip(&styles[1..]) {
            if *style == Style::Odd {
                for cell in &mut row {
                    *cell = if cell.is_empty() { "x".to_string() } else { cell.replace("  ", " ") };
                }
            }
            // A row without any cell is an empty line.
            if row.iter().all(String::is_empty) {
                row[filled.index(3)] = "x".to_string();
            }
            all.push(row);
        }
        (all, styles, gaps)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    /// Whatever a row holds is read in its columns, or its line stays as it is.
    #[test]
    fn nothing_is_lost_and_nothing_lands_in_another_column((rows, styles, gaps) in table(), windows in any::<bool>()) {
        let lines = written(&rows, &styles, &gaps);
        let line_break = if windows { "\r\n" } else { "\n" };
        let file = format!("notes{line_break}{line_break}{}{line_break}{line_break}end", lines.join(line_break));
        let Some(mut table) = Table::parse(file.as_bytes(), PING) else {
            // A line with a pipe may be a row of another table.
            prop_assert!(file.contains('|'), "{}", file);
            return Ok(());
        };
        prop_assert_eq!(table.to_bytes(), file.as_bytes());
        let read = cells(&table, PING);
        table.add(&["added"]);
        let changed = String::from_utf8(table.to_bytes()).unwrap();
        let kept = changed.split(line_break);

        let mut next = read.iter().peekable();
        let mut kept = kept.peekable();
        for (line, row) in lines.iter().zip(&rows).skip(1) {
            if next.peek() == Some(&row) {
                next.next();
            } else {
                prop_assert!(kept.any(|kept| kept == line), "{:?} is lost of {:?} in\n{}", line, read, changed);
            }
        }
        prop_assert_eq!(next.next(), None, "not in the file");
        let mut expected = read.clone();
        expected.push(vec!["added".to_string(), String::new(), String::new()]);
        prop_assert_eq!(cells(&Table::parse(changed.as_bytes(), PING).unwrap(), PING), expected);

        // It does not keep it all unread.
        let has_gap = |row: &Vec<String>| row.iter().any(|cell| cell.contains("  "));
        if styles[..rows.len()].iter().all(|style| *style == Style::Spaces) && !rows.iter().any(has_gap) {
            prop_assert_eq!(read, &rows[1..]);
        }
    }
}
