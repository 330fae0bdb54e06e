//! What a teacher wants to know first: how the class stands, and which tests most students fail.

use crate::model::{Class, Exercise, Points, Student, Verdict};
use crate::report::columns::Column;
use crate::report::words;
use maud::{Markup, html};

/// How many of the hardest tests are shown before one asks for all.
const HARDEST: usize = 8;

/// The figures of the class.
pub fn figures(class: &Class) -> Markup {
    let points = |student: &Student| student.exercises.iter().map(Exercise::points).sum::<Points>();
    let of = class.students.iter().map(|student| student.exercises.iter().map(Exercise::of).sum::<Points>()).max();
    let of = of.unwrap_or_default();
    let to_look_at =
        class.students.iter().filter(|student| student.exercises.iter().any(Exercise::could_not_grade)).count();
    let full = class.students.iter().filter(|student| of > Points::default() && points(student) >= of).count();
    let mut all: Vec<Points> = class.students.iter().map(points).collect();
    all.sort_unstable();
    html! {
        dl.figures {
            div { dt { "students" } dd { (class.students.len()) } }
            @if let Some(median) = all.get(all.len() / 2) {
                div { dt { "points, the median" } dd { (median) small { " of " (of) } } }
            }
            div { dt { "with all points" } dd { (full) } }
            div.open[to_look_at > 0] { dt { "to look at: could not be graded" } dd { (to_look_at) } }
        }
    }
}

/// How many students have each verdict of one test.
struct Tally<'a> {
    exercise: &'a str,
    title: String,
    failed: usize,
    not_judged: usize,
    not_graded: usize,
}

/// The tests that not everybody passes, the hardest first.
pub fn hardest(class: &Class, columns: &[Column<'_>]) -> Markup {
    let mut tallies: Vec<Tally<'_>> = columns.iter().flat_map(|column| tallies(class, column)).collect();
    tallies.retain(|tally| tally.failed + tally.not_judged + tally.not_graded > 0);
    tallies.sort_by_key(|tally| std::cmp::Reverse((tally.failed, tally.not_judged, tally.not_graded)));
    let (first, rest) = tallies.split_at(tallies.len().min(HARDEST));
    let students = class.students.len();
    html! {
        section.hardest {
            h2 { "What most students fail" }
            @if first.is_empty() { p { "Nobody fails anything." } } @else { (table(first, students)) }
            @if !rest.is_empty() {
                details { summary { "all " (tallies.len()) " tests that somebody does not pass" } (table(rest, students)) }
            }
        }
    }
}

fn tallies<'a>(class: &Class, column: &Column<'a>) -> Vec<Tally<'a>> {
    let exercises = || class.students.iter().flat_map(|one| &one.exercises).filter(|one| one.name == column.exercise);
    let count = |name: &str, verdict| {
        exercises().flat_map(|one| &one.tests).filter(|test| test.name == name && test.verdict == verdict).count()
    };
    let tally = |test: &&crate::model::Test| Tally {
        exercise: column.exercise,
        title: words::title(test),
        failed: count(&test.name, Verdict::Fail),
        not_judged: count(&test.name, Verdict::NotJudged),
        not_graded: count(&test.name, Verdict::CouldNotGrade),
    };
    // A bonus is no fault of those who leave it out.
    column.tests.iter().filter(|test| !test.is_extra).map(tally).collect()
}

fn table(tallies: &[Tally<'_>], students: usize) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "Test" }
                    th scope="col" { "Exercise" }
                    th.number scope="col" { "Fail" }
                    th.number scope="col" { "Not judged" }
                    th.number scope="col" { "Could not grade" }
                    th.bar scope="col" { "Share that fails" }
                }
            }
            tbody {
                @for tally in tallies {
                    tr {
                        th scope="row" { (tally.title) }
                        td { (words::line(tally.exercise)) }
                        td.number { (tally.failed) }
                        td.number { (tally.not_judged) }
                        td.number { (tally.not_graded) }
                        td.bar { meter min="0" max=(students) value=(tally.failed) aria-label="share that fails" {
                            (tally.failed) " of " (students) } }
                    }
                }
            }
        }
    }
}
