use super::classes::{any_class, hostile, likely};
use super::readers;
use crate::model::{Class, Verdict};
use crate::report::html::html;
use proptest::prelude::*;
use std::fs;
use std::process::Command;

/// The elements of the page. A text of a stranger's that was an element would have another name, or an attribute.
const OWN: &[&str] = &[
    "article", "body", "button", "code", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "h4", "head", "header",
    "html", "li", "main", "meta", "meter", "p", "pre", "section", "small", "span", "style", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
];

fn check_marks(page: &str) {
    let body = page.split_once("</style>").unwrap().1;
    for mark in body.split('<').skip(1) {
        let mark = mark.split_once('>').expect("each mark ends").0;
        let name = mark.trim_start_matches('/').split(' ').next().unwrap();
        assert!(OWN.contains(&name), "<{mark}>");
        for part in [" on", "style=", "href", "src"] {
            assert!(!mark.contains(part), "<{mark}>");
        }
    }
}

proptest! {
    #[test]
    fn no_text_of_a_stranger_is_an_element(class in any_class()) {
        check_marks(&html(&class));
    }
}

#[test]
fn a_hostile_text_is_a_text() {
    let page = html(&hostile());
    check_marks(&page);
    assert!(page.contains("&lt;script&gt;document.title='hacked'&lt;/script&gt;"));
    assert!(
        page.contains("&amp;lt;already&amp;gt;") && page.contains(r"pass\u{202e}liaf") && page.contains(r"\x1b[31mred")
    );
    assert!(!page.contains(['\u{202e}', '\x1b', '\u{fffe}', '\0']));
}

/// A cell for each student and test, and one report for all who have the same.
#[test]
fn the_grid_has_all_cells_and_each_report_once() {
    let class = likely(30, 1);
    let page = html(&class);
    let tests: Vec<_> = class.students.iter().flat_map(|one| &one.exercises).flat_map(|one| &one.tests).collect();
    let count = |verdict| tests.iter().filter(|test| test.verdict == verdict).count();
    assert_eq!(page.matches("<td class=\"p").count(), count(Verdict::Pass));
    let grid = page.split_once("<tbody>").unwrap().1.rsplit_once("<tfoot>").unwrap().0;
    assert_eq!(grid.matches("class=\"f\" popovertarget").count(), count(Verdict::Fail));
    assert_eq!(grid.matches("class=\"n\" popovertarget").count(), count(Verdict::NotJudged));
    assert_eq!(grid.matches("class=\"c\" popovertarget").count(), count(Verdict::CouldNotGrade));
    let mut class = class;
    class.students.extend(class.students.clone());
    let articles = |page: &str| page.matches("<article popover id=\"r").count();
    assert_eq!(articles(&html(&class)), articles(&page), "twice as many students with the same reports");
    for target in page.split("popovertarget=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert_eq!(page.matches(&format!(" id=\"{target}\"")).count(), 1, "{target}");
    }
}

/// 300 students with 72 tests, and no two failures with the same words.
#[test]
fn the_page_of_a_large_class_is_no_larger_than_a_photograph() {
    let page = html(&likely(300, 3));
    assert!(page.len() < 12_000_000, "{} bytes", page.len());
}

/// The page in Chromium: by keyboard, for a screen reader, on a phone, printed, light and dark. `SCREENSHOTS` names a folder for
/// pictures.
#[test]
#[ignore = "needs chromium and target/readers"]
fn the_page_works_in_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let likely_ones = [1, 30].map(|students| (format!("class-of-{students}"), likely(students, 1)));
    let others = [("class-of-300", likely(300, 3)), ("hostile", hostile()), ("nobody", Class::default())];
    for (name, class) in likely_ones.into_iter().chain(others.map(|(name, class)| (name.to_string(), class))) {
        let page = folder.path().join(format!("{name}.html"));
        fs::write(&page, html(&class)).unwrap();
        let cells: usize = class.students.iter().flat_map(|one| &one.exercises).map(|one| one.tests.len()).sum();
        let mut command = Command::new("node");
        command
            .arg(readers::script("page.mjs"))
            .arg(readers::folder())
            .arg(&page)
            .args([class.students.len(), cells].map(|count| count.to_string()));
        let said = readers::run(&mut command);
        assert!(said.contains("the page is good"), "{said}");
    }
}
