use super::classes::{any_class, hostile, likely, test_with};
use super::readers;
use crate::model::{Class, Verdict};
use crate::report::junit::junit;
use proptest::prelude::*;
use quick_junit::Report;

/// The characters that XML 1.0 allows, less those that it discourages, and Unicode's noncharacters: section 2.2.
fn is_welcome(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{a0}'..)
        && u32::from(character) & 0xFFFE != 0xFFFE
        && !matches!(character, '\u{fdd0}'..='\u{fdef}')
}

fn with_every_verdict() -> Class {
    let mut class = likely(1, 1);
    class.students[0].exercises.truncate(1);
    let exercise = &mut class.students[0].exercises[0];
    exercise.tests = [Verdict::Pass, Verdict::Fail, Verdict::NotJudged, Verdict::CouldNotGrade]
        .map(|verdict| test_with("required::the_socket::it_sends_the_message", verdict, 4, 0))
        .to_vec();
    class
}

proptest! {
    #[test]
    fn every_class_is_a_report_that_can_be_read(class in any_class()) {
        let text = junit(&class).unwrap();
        prop_assert!(text.chars().all(is_welcome), "{:?}", text.chars().find(|&one| !is_welcome(one)));
        let report = Report::deserialize_from_str(&text).unwrap();
        prop_assert_eq!(report.test_suites.len(), class.students.iter().map(|student| student.exercises.len()).sum::<usize>());
    }
}

#[test]
fn each_verdict_has_a_form_of_its_own() {
    let text = junit(&with_every_verdict()).unwrap();
    for part in [
        r#"tests="4" skipped="1" errors="1" failures="1""#,
        r#"<testcase name="it sends the message" classname="Ana Muñoz 000 / client""#,
        r#"<failure message="it connected to no one">"#,
        "expected:     a connection",
        r#"<skipped message="it connected to no one: read it_sends_what_is_typed first">"#,
        // Converters lose the reason of a skipped test.
        "<system-out>not judged: it connected to no one: read it_sends_what_is_typed first</system-out>",
        r#"<error message="python3 has no module named colorama">"#,
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
#[ignore = "needs target/readers"]
fn junitparser_and_pythons_own_xml_read_the_report() {
    assert_eq!(
        readers::read("junit", junit(&with_every_verdict()).unwrap().as_bytes()).trim(),
        "1 suites, 4 cases: 1 failures, 1 errors, 1 skipped"
    );
    let class = hostile();
    let (students, tests) = (class.students.len(), class.students.len() * 4);
    let expected =
        format!("{students} suites, {tests} cases: {students} failures, {students} errors, {students} skipped");
    assert_eq!(readers::read("junit", junit(&class).unwrap().as_bytes()).trim(), expected);
}
