//! The grid: students by tests.

use super::reports::Reports;
use crate::model::{Class, Exercise, Points, Student, Test, Verdict};
use crate::report::columns::Column;
use crate::report::words;
use maud::{Markup, html};

pub fn grid<'a>(class: &'a Class, columns: &[Column<'a>], reports: &mut Reports<'a>) -> Markup {
    html! {
        div.grid {
            h2 #grid { "Students by tests" }
            p.key {
                @for one in [Verdict::Pass, Verdict::Fail, Verdict::NotJudged, Verdict::CouldNotGrade] {
                    span { span class=(letter(one)) aria-hidden="true" {} (words::verdict(one)) }
                }
                "A mark opens what was expected, what came, and a hint; a name opens all of that student."
            }
            // It scrolls by itself, and the keyboard can do it: names and headings stay.
            section.scroll aria-labelledby="grid" tabindex="0" {
                table {
                    (head(columns))
                    tbody {
                        @for (number, student) in class.students.iter().enumerate() {
                            (row(number, student, columns, reports))
                        }
                    }
                    (foot(class, columns))
                }
            }
        }
    }
}

fn head(columns: &[Column<'_>]) -> Markup {
    html! {
        thead {
            tr {
                th.who rowspan="2" scope="col" { "Student" }
                th.sum rowspan="2" scope="col" { "Points" }
                @for column in columns.iter().filter(|column| !column.tests.is_empty()) {
                    th.exercise colspan=(column.tests.len()) scope="colgroup" { (words::line(column.exercise)) }
                }
            }
            tr {
                @for column in columns {
                    @for (place, test) in column.tests.iter().enumerate() {
                        th.test.first[place == 0] scope="col" { span { (words::title_with_bonus(test)) } }
                    }
                }
            }
        }
    }
}

fn row<'a>(number: usize, student: &'a Student, columns: &[Column<'a>], reports: &mut Reports<'a>) -> Markup {
    html! {
        tr {
            th.who scope="row" { button popovertarget={ "s" (number) } { (words::name(student)) } }
            td.sum { (total(student)) }
            @for column in columns {
                @let exercise = student.exercises.iter().find(|exercise| exercise.name == column.exercise);
                @for (place, test) in column.tests.iter().enumerate() {
                    (cell(exercise.and_then(|one| Some((one, test_of(one, &test.name)?))), place == 0, reports))
                }
            }
        }
    }
}

fn test_of<'a>(exercise: &'a Exercise, name: &str) -> Option<&'a Test> {
    exercise.tests.iter().find(|test| test.name == name)
}

fn cell<'a>(found: Option<(&'a Exercise, &'a Test)>, is_first: bool, reports: &mut Reports<'a>) -> Markup {
    let Some((exercise, test)) = found else {
        return html! { td.first[is_first] {} };
    };
    let (class, word) = (letter(test.verdict), words::verdict(test.verdict));
    if test.verdict == Verdict::Pass {
        return html! { td.p.first[is_first] { (word) } };
    }
    let number = reports.add(&exercise.name, test);
    html! { td.first[is_first] { button class=(class) popovertarget={ "r" (number) } { (word) } } }
}

/// The letter that the style knows a verdict by.
pub fn letter(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "p",
        Verdict::Fail => "f",
        Verdict::NotJudged => "n",
        Verdict::CouldNotGrade => "c",
    }
}

/// The points of a student, with a mark where somebody must look.
pub fn total(student: &Student) -> Markup {
    let points: Points = student.exercises.iter().map(Exercise::points).sum();
    let is_open = student.exercises.iter().any(Exercise::could_not_grade);
    html! { (points) @if is_open { span.c { "could not grade" } } }
}

fn foot(class: &Class, columns: &[Column<'_>]) -> Markup {
    html! {
        tfoot {
            tr {
                th.who scope="row" { "Passed" }
                td.sum {}
                @for column in columns {
                    @for (place, test) in column.tests.iter().enumerate() {
                        td.first[place == 0] { (passed(class, column.exercise, &test.name)) }
                    }
                }
            }
        }
    }
}

/// How many students pass a test.
fn passed(class: &Class, exercise: &str, test: &str) -> usize {
    let exercises =
        class.students.iter().filter_map(|student| student.exercises.iter().find(|one| one.name == exercise));
    exercises.filter_map(|one| test_of(one, test)).filter(|test| test.verdict == Verdict::Pass).count()
}
