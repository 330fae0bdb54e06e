//! The class at a glance: one page that needs nothing from elsewhere and no script.
//!
//! The grid has a row for each student and a column for each test. A cell that is no pass opens what was expected, what came, and the
//! hint: a popover, which the browser opens, closes and puts the focus back for. Students with the same report share one, so that the
//! page of a class stays small. Printed, or in a browser without popovers, the reports stand one after the other under the grid.

mod details;
mod grid;
mod overview;
mod reports;

use super::columns::columns;
use crate::model::Class;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use reports::Reports;
use sha2::{Digest as _, Sha256};

const STYLE: &str = include_str!("html/page.css");

/// How many reports are printed, about six on a sheet.
const MAX_PRINTED: usize = 500;

/// The page of a class.
pub fn html(class: &Class) -> String {
    let columns = columns(class);
    let mut reports = Reports::default();
    let grid = grid::grid(class, &columns, &mut reports);
    page(&html! {
        header {
            h1 { "The class at a glance" }
            (overview::figures(class))
        }
        main {
            (overview::hardest(class, &columns))
            (grid)
            section.reports.many[reports.len() > MAX_PRINTED] {
                h2 { "Reports" }
                @if reports.len() > MAX_PRINTED {
                    p.paper { "There are " (reports.len()) " reports, too many for paper: open this page on a screen." }
                }
                @for student in class.students.iter().enumerate() { (details::student(student, &columns, &reports)) }
                @for report in reports.all() { (details::report(report)) }
            }
        }
    })
    .into_string()
}

/// The frame: it allows its own style by its hash, and nothing else.
fn page(body: &Markup) -> Markup {
    let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy"
                    content={ "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-" (hash) "'" };
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "The class at a glance" }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    }
}
