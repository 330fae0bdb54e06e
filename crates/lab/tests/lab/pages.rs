//! The pages of the lesson are tests: every block of code compiles, every command with its output is run, no link is dead.
//!
//! What a block is says the word behind its fence; `blocks.rs` lists them. What may differ from run to run says `matching.rs`. Blocks for
//! systems that cannot be run here repeat the words of one that is run, or stand in [`elsewhere::OTHERS`] with a reason.

mod blocks;
mod elsewhere;
mod links;
mod markdown;
mod matching;
#[cfg(target_os = "linux")]
mod programs;
#[cfg(target_os = "linux")]
mod stage;
#[cfg(target_os = "linux")]
mod virtual_lab;

use crate::support::workspace::{Exercise, files, read, root};
use blocks::Numbered;
pub use blocks::Step;
use blocks::Typed;
use markdown::Page;
use std::collections::BTreeSet;

/// The lesson, in the order in which it is read.
const LESSON: [&str; 6] = [
    "session-08/README.md",
    "session-08/1-addresses.md",
    "session-08/2-netcat.md",
    "session-08/3-programs.md",
    "session-08/4-experiments.md",
    "session-08/5-hand-in.md",
];

const README: &str = "README.md";
const STUDENTS_README: &str = "crates/lab/release/README.md";

/// The page of each exercise, as a student has it.
fn pages_of_exercises() -> Vec<String> {
    Exercise::all().iter().map(|exercise| format!("crates/{}/STARTER.md", exercise.name())).collect()
}

/// All pages that are tested.
fn all_pages() -> Vec<String> {
    let others = LESSON.into_iter().chain([README, STUDENTS_README]);
    others.map(str::to_string).chain(pages_of_exercises()).collect()
}

/// All steps of a page.
#[track_caller]
pub fn steps_of(page: &str) -> Vec<Numbered> {
    let text = read(page);
    blocks::steps(&Page::read(&text)).unwrap_or_else(|e| panic!("{page}, {e}"))
}

/// The commands that a step types at this computer: not those of the teacher's.
fn typed_by_a_student(step: &Step) -> &[Typed] {
    match step {
        Step::Run(all) | Step::Elsewhere(all) => all,
        Step::Start { terminal, typed } if !terminal.starts_with("teacher") => std::slice::from_ref(typed),
        _ => &[],
    }
}

/// Every fence of the file opens a block that a test knows. One that the parser takes for something else is found here too.
#[test]
fn no_block_is_passed_over() {
    for page in all_pages() {
        let text = read(&page);
        let is_fence = |line: &&str| ["```", "~~~"].iter().any(|fence| line.trim_start().starts_with(fence));
        let fences = text.lines().filter(is_fence).count();
        let remarks = text.matches("<!--").count();
        assert_eq!(fences % 2, 0, "{page}");
        assert_eq!(steps_of(&page).len(), fences / 2 + remarks, "{page}: a block or a remark is passed over");
    }
    let all: Vec<Step> = LESSON.iter().flat_map(|page| steps_of(page)).map(|step| step.step).collect();
    let count = |is_it: fn(&Step) -> bool| all.iter().filter(|step| is_it(step)).count();
    assert!(count(|step| matches!(step, Step::Run(_) | Step::Start { .. })) > 40, "are these all pages?");
    assert!(count(|step| matches!(step, Step::Rust(_))) > 0);
}

/// Three hints, which open one after the other, and at least four mistakes.
#[test]
fn the_page_of_each_exercise_has_hints_and_mistakes() {
    for page in pages_of_exercises() {
        let text = read(&page);
        for (number, hint) in text.split("<details><summary>Hint ").skip(1).enumerate() {
            assert!(
                hint.starts_with(&format!("{}: ", number + 1)) && hint.contains("\n\n</details>\n"),
                "{page}: {hint}"
            );
        }
        assert_eq!(text.matches("<details>").count(), 3, "{page}");
        let mistakes = steps_of(&page).into_iter().filter(|step| matches!(step.step, Step::Mistake { .. })).count();
        assert!(mistakes >= 4, "{page}: {mistakes} mistakes");
        for part in
            ["## Hints", "## Common mistakes", "## Copy it, test it, hand it in", "cargo run -q -p", "cargo test -q -p"]
        {
            assert!(text.contains(part), "{page}: no {part}");
        }
    }
}

/// All pages of the session's folder are in the list, and in a release: both have the same ones.
#[test]
fn the_lesson_is_the_same_in_a_release() {
    let pages: BTreeSet<String> = files(&root().join("session-08"))
        .keys()
        .filter(|name| name.extension().is_some_and(|extension| extension == "md" || extension == "svg"))
        .map(|name| format!("session-08/{}", name.to_str().unwrap().replace('\\', "/")))
        .collect();
    assert!(LESSON.iter().all(|page| pages.contains(*page)), "{pages:?}");
    let folder = tempfile::tempdir().unwrap();
    crate::release::release(folder.path());
    for page in &pages {
        let is_listed =
            LESSON.contains(&page.as_str()) || page.contains("/pictures/") || page.ends_with("/TROUBLESHOOTING.md");
        assert!(is_listed, "{page} is not a page of the lesson");
        assert_eq!(std::fs::read_to_string(folder.path().join(page)).unwrap_or_default(), read(page), "{page}");
    }
}

/// What the lesson lets a student type, a student has: packages, and commands of the workshop.
#[test]
fn a_release_has_what_the_lesson_types() {
    let folder = tempfile::tempdir().unwrap();
    crate::release::release(folder.path());
    let workshop = read("crates/lab/src/starter.rs").to_lowercase();
    let mut names = 0;
    for page in all_pages().iter().filter(|page| *page != README) {
        for step in steps_of(page) {
            for typed in typed_by_a_student(&step.step) {
                if !typed.command.contains("cargo ") {
                    continue;
                }
                let words: Vec<&str> = typed.command.split(" -- ").next().unwrap().split_whitespace().collect();
                for pair in words.windows(2) {
                    let is_there = match pair[0] {
                        "-p" => folder.path().join("crates").join(pair[1]).is_dir(),
                        "lab" => workshop.contains(&format!("    {}", pair[1])),
                        _ => continue,
                    };
                    names += 1;
                    assert!(is_there, "{page}: {}", typed.command);
                }
            }
        }
    }
    assert!(names > 30, "{names}");
}
