use super::classes::{any_class, hostile, likely, test_with};
use super::readers;
use crate::model::{Class, Verdict};
use crate::report::csv::csv;
use ::csv::ReaderBuilder;
use proptest::prelude::*;

fn rows(class: &Class) -> Vec<Vec<String>> {
    let table = csv(class);
    let reader = ReaderBuilder::new().has_headers(false).from_reader(table.as_slice());
    reader.into_records().map(|row| row.unwrap().iter().map(String::from).collect()).collect()
}

fn is_a_formula(cell: &str) -> bool {
    cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

proptest! {
    #[test]
    fn no_cell_begins_a_formula_and_all_rows_are_as_long(class in any_class()) {
        let rows = rows(&class);
        prop_assert_eq!(rows.len(), class.students.len() + 1);
        for row in &rows {
            prop_assert_eq!(row.len(), rows[0].len());
            prop_assert!(!row.iter().any(|cell| is_a_formula(cell)), "{:?}", row);
        }
    }
}

#[test]
fn a_formula_is_a_text() {
    for row in rows(&hostile()) {
        assert!(
            !row.iter().any(|cell| is_a_formula(cell) || cell.contains(['\n', '\r', '\x1b', '\u{202e}'])),
            "{row:?}"
        );
    }
}

#[test]
fn a_row_has_the_points_the_totals_and_what_to_look_at() {
    let mut class = likely(1, 1);
    let student = &mut class.students[0];
    student.exercises.remove(0);
    for exercise in &mut student.exercises {
        exercise.tests.truncate(1);
    }
    student.exercises[0].tests[0] = test_with("required::one", Verdict::Fail, 10, 0);
    student.exercises[1].tests[0] = test_with("required::one", Verdict::Pass, 3, 0);
    assert_eq!(
        String::from_utf8(csv(&class)).unwrap(),
        "\"student\",\"ex3-chat\",\"ex3-chat of\",\"server\",\"server of\",\"total\",\"of\",\"look at\",\"faults\"\r\n\
         \"Ana Muñoz 000\",0,2.5,0.75,0.75,0.75,3.25,\"\",\"ex3-chat: it connected to no one\"\r\n"
    );
    class.students[0].exercises[0].tests[0] = test_with("required::one", Verdict::CouldNotGrade, 10, 0);
    let row = rows(&class).remove(1);
    assert_eq!(row[1], "", "it is no zero");
    assert_eq!(row[5..8], ["", "3.25", "ex3-chat"]);
}

#[test]
#[ignore = "needs target/readers"]
fn python_reads_the_table() {
    let class = hostile();
    let read = readers::read("csv", &csv(&class));
    assert_eq!(read.trim(), format!("{} rows of {} cells", class.students.len() + 1, rows(&class)[0].len()));
}
