//! A table as tests: that it is there, and each of its rows.

use crate::model::{Points, Report, Test, Verdict};
use crate::points::Worth;
use handin::item::{Item, Row, State};

const MODULE: &str = "rows::";

/// The name of the test for a row.
pub fn test_name(row: &str) -> String {
    format!("{MODULE}{row}")
}

/// The name of the test that says whether there is a table at all.
pub fn first() -> String {
    test_name("it_is_there")
}

/// Whether it is a test of a table.
pub fn is_of_table(test: &str) -> bool {
    test.starts_with(MODULE)
}

/// The tests of a table that was looked at.
pub fn judge<'a>(item: &Item, worth: impl Iterator<Item = &'a Worth>) -> Vec<Test> {
    let worth: Vec<&Worth> = worth.collect();
    let mut rows = item.rows();
    let has_rows = !rows.is_empty();
    // Rows by their names, and then those that are left, in the order of the table.
    let mut own: Vec<Option<Row>> = worth.iter().map(|worth| take(&mut rows, |row| is_named(row, worth))).collect();
    rows.retain(|row| row.name.is_none());
    for (place, worth) in worth.iter().enumerate() {
        if own[place].is_none() && worth.test != first() {
            own[place] = take(&mut rows, |_| true);
        }
    }
    let tests = worth.iter().zip(own);
    tests
        .map(
            |(worth, row)| {
                if worth.test == first() { is_there(item, has_rows, worth) } else { of_row(item, row, worth) }
            },
        )
        .collect()
}

fn is_named(row: &Row, worth: &Worth) -> bool {
    row.name.is_some_and(|name| test_name(name) == worth.test)
}

fn take(rows: &mut Vec<Row>, is_wanted: impl Fn(&Row) -> bool) -> Option<Row> {
    let place = rows.iter().position(is_wanted)?;
    Some(rows.remove(place))
}

fn is_there(item: &Item, has_rows: bool, worth: &Worth) -> Test {
    let why = item.open_everywhere().next().unwrap_or("it has no row of the lesson's table");
    match (has_rows && !item.is_untouched(), item.state()) {
        (true, _) => test(worth, Verdict::Pass, None),
        (false, State::NotHere) => test(worth, Verdict::CouldNotGrade, Some(report(item, why))),
        (false, _) => test(worth, Verdict::Fail, Some(report(item, why))),
    }
}

fn of_row(item: &Item, row: Option<Row>, worth: &Worth) -> Test {
    match row {
        Some(row) if row.open.is_empty() && !item.is_untouched() => test(worth, Verdict::Pass, None),
        Some(row) => {
            let why = row.open.first().map_or("it is as the lesson gives it", String::as_str);
            test(worth, Verdict::Fail, Some(report(item, &format!("line {}: {why}", row.line))))
        }
        None => test(worth, Verdict::NotJudged, Some(report(item, "there is no such row"))),
    }
}

fn test(worth: &Worth, verdict: Verdict, report: Option<Report>) -> Test {
    let points = if verdict == Verdict::Pass { worth.points } else { Points::default() };
    Test { name: worth.test.clone(), verdict, points, of: worth.points, is_extra: worth.is_extra, report }
}

fn report(item: &Item, why: &str) -> Report {
    let file = item.file.as_ref().map_or_else(String::new, |file| format!("{}: ", file.display()));
    Report { summary: why.to_string(), text: format!("{file}{why}"), ..Report::default() }
}
