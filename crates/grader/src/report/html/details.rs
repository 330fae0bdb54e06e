//! What opens: a test's report, and all of one student.

use super::grid::{letter, total};
use super::reports::{Reports, Shared};
use crate::model::{Exercise, Student, Test, Verdict};
use crate::report::columns::Column;
use crate::report::words;
use maud::{Markup, html};

/// A report, once for all who have it.
pub fn report((number, shared): (usize, &Shared<'_>)) -> Markup {
    let test = shared.test;
    let report = test.report.as_ref();
    // What passes on the wire, or is typed, has the letters of a terminal.
    let fields = report.map_or_else(Vec::new, |report| {
        vec![
            ("the contract", false, &report.contract),
            ("expected", true, &report.expected),
            ("arrived", true, &report.arrived),
            ("hint", false, &report.hint),
            ("try it", true, &report.try_it),
        ]
    });
    let fields: Vec<_> = fields.into_iter().filter(|(_, _, text)| !text.trim().is_empty()).collect();
    html! {
        article popover id={ "r" (number) } aria-labelledby={ "r" (number) "h" } {
            (close("r", number))
            p.of { span class=(letter(test.verdict)) { (words::verdict(test.verdict)) } " " (words::line(shared.exercise)) (on_paper(number)) }
            h3 id={ "r" (number) "h" } { (words::title_with_bonus(test)) }
            p.fault { (words::fault(test).unwrap_or_default()) }
            @if !fields.is_empty() {
                dl {
                    @for (name, is_wire, text) in fields {
                        dt { (name) }
                        dd.wire[is_wire] { (words::block(text.trim_matches('\n'))) }
                    }
                }
            }
            @if let Some(text) = words::details(test).filter(|text| text.contains('\n')) {
                details { summary { "the whole report" } pre { (text) } }
            }
            p.points { (test.points) " of " (test.of) " points. " @if shared.students > 1 { (shared.students) " students have this report." } }
        }
    }
}

/// A student, with what did not pass in each exercise.
pub fn student((number, student): (usize, &Student), columns: &[Column<'_>], reports: &Reports<'_>) -> Markup {
    html! {
        article popover id={ "s" (number) } aria-labelledby={ "s" (number) "h" } {
            (close("s", number))
            h3 id={ "s" (number) "h" } { (words::name(student)) }
            p.points { (total(student)) " points" }
            (notes(student.notes.iter().map(|note| words::line(note))))
            @for exercise in &student.exercises { (exercise_of(exercise, reports)) }
            @for column in columns.iter().filter(|column| student.exercises.iter().all(|one| one.name != column.exercise)) {
                h4 { (words::line(column.exercise)) }
                p { "Nothing was handed in." }
            }
        }
    }
}

fn exercise_of<'a>(exercise: &'a Exercise, reports: &Reports<'a>) -> Markup {
    // Where nothing was handed in all tests say the same.
    let is_open = |test: &&Test| test.verdict != Verdict::Pass && exercise.program.is_some();
    let open: Vec<&Test> = exercise.tests.iter().filter(is_open).collect();
    html! {
        h4 { (words::line(&exercise.name)) ": " (exercise.points()) " of " (exercise.of()) }
        @match &exercise.program {
            Some(program) => p { code { (words::line(program)) } },
            None => p { "Nothing was handed in." },
        }
        (notes(words::remarks(exercise)))
        @if !open.is_empty() {
            ul.tests {
                @for test in open {
                    @if let Some(number) = reports.number(&exercise.name, test) {
                        li {
                            button class=(letter(test.verdict)) popovertarget={ "r" (number) } { (words::title_with_bonus(test)) }
                            span { " " (words::verdict(test.verdict)) (on_paper(number)) }
                        }
                    }
                }
            }
        }
    }
}

fn notes(notes: impl Iterator<Item = String>) -> Markup {
    let notes: Vec<String> = notes.collect();
    html! { @if !notes.is_empty() { ul.notes { @for note in notes { li { (note) } } } } }
}

/// On paper a number leads to a report.
fn on_paper(number: usize) -> Markup {
    html! { span.paper { ", report " (number + 1) } }
}

fn close(kind: &str, number: usize) -> Markup {
    html! { button.close popovertarget={ (kind) (number) } popovertargetaction="hide" { "Close" } }
}
