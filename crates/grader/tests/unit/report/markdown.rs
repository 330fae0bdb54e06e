use super::classes::{any_class, hostile, likely};
use crate::model::Class;
use crate::report::markdown::markdown;
use proptest::prelude::*;

/// What is left of a summary when its own marks are taken away: the texts of strangers, in which nothing may be a mark.
fn without_own_marks(summary: &str) -> String {
    let own = ["<details>", "<summary>", "<b>", "</b>", "</summary>", "<pre>", "</pre>", "</details>"];
    own.iter().fold(summary.to_string(), |text, mark| text.replace(mark, ""))
}

proptest! {
    #[test]
    fn no_text_of_a_stranger_is_markdown_or_html(class in any_class()) {
        let summary = markdown(&class);
        prop_assert!(!without_own_marks(&summary).contains(['<', '>', '`', '*', '[', '_', '~', '@', '\\', '$']), "{}", summary);
        // Each detail of a test is one line: an empty one would end the HTML.
        for line in summary.lines().filter(|line| line.starts_with("<details>")) {
            prop_assert!(line.ends_with("</details>"), "{}", line);
        }
    }
}

#[test]
fn a_class_is_a_table_with_as_many_cells_in_each_row() {
    let summary = markdown(&hostile());
    let cells: Vec<usize> =
        summary.lines().filter(|line| line.starts_with('|')).map(|line| line.matches('|').count()).collect();
    assert_eq!(cells.len(), hostile().students.len() + 2);
    assert!(cells.iter().all(|count| *count == cells[0]), "{summary}");
}

#[test]
fn one_student_sees_each_fault_and_what_to_do() {
    let summary = markdown(&likely(1, 1));
    for part in ["## Ana Muñoz 000", "| ex3&#45;chat | ", "it connected to no one</summary>", "hint&#58;"] {
        assert!(summary.contains(part), "{part}: {summary}");
    }
}

/// GitHub drops a longer one as a whole.
#[test]
fn a_summary_is_shorter_than_a_mebibyte() {
    let mut student = likely(1, 1).students.remove(0);
    student.exercises = vec![student.exercises[1].clone(); 3_000];
    let summary = markdown(&Class { students: vec![student] });
    assert!(
        summary.len() < 1 << 20 && summary.ends_with("(There is more. It is in the other reports.)\n"),
        "{}",
        summary.len()
    );
}
