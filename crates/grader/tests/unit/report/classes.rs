//! Classes: a likely one of any size, one with texts by somebody who means harm, and any that proptest comes up with.

use crate::model::{Class, Exercise, Points, Report, Student, Test, Verdict};
use proptest::collection::vec;
use proptest::prelude::*;

/// Exercises and their tests, with their quarters of a point; those with 0 are a bonus of a quarter.
const LESSON: &[(&str, &[(&str, u32)])] = &[
    (
        "client",
        &[
            ("a_message", 12),
            ("in_utf_8", 4),
            ("without_a_line_break", 4),
            ("and_prints_the_answer", 12),
            ("over_one_connection_that_it_closes", 8),
        ],
    ),
    (
        "ex3-chat",
        &[
            ("it_sends_what_is_typed", 12),
            ("it_goes_on_until_the_input_ends", 12),
            ("each_message_has_a_connection_of_its_own", 4),
            ("it_closes_after_each_message", 4),
            ("it_connects_after_the_line_is_typed", 2),
            ("it_connects_to_the_ip_of_the_command_line", 2),
            ("it_adds_no_newline", 1),
            ("it_keeps_the_spaces", 1),
            ("it_sends_utf_8", 1),
            ("an_empty_line_is_a_connection_without_bytes", 1),
            ("with_reply_it_shows_the_answer", 0),
        ],
    ),
    (
        "server",
        &[
            ("it_answers", 12),
            ("the_answer_is_the_greeting", 8),
            ("it_serves_one_client_after_another", 8),
            ("it_shows_the_message", 4),
            ("it_shows_who_has_come", 2),
            ("it_counts_the_connections_from_1", 2),
            ("it_says_where_it_waits", 2),
            ("it_says_again_that_it_waits", 2),
        ],
    ),
];

/// A class of so many, and each exercise `times` over. Every verdict is in it, and no two failures have quite the same words, as in
/// a class in earnest: ports and messages are others.
pub fn likely(students: usize, times: usize) -> Class {
    Class { students: (0..students).map(|number| student(number, times)).collect() }
}

fn student(number: usize, times: usize) -> Student {
    let names = [
        "Ana Muñoz",
        "Lucía Gómez Ñíguez",
        "Jean-Luc O'Brien",
        "李小龙",
        "Maximiliano de la Fuente y Rodríguez de Aranda",
    ];
    let exercises =
        (0..times).flat_map(|time| LESSON.iter().enumerate().map(move |(place, lesson)| (time, place, lesson)));
    Student {
        name: format!("{} {number:03}", names[number % names.len()]),
        exercises: exercises
            .filter(|(_, place, _)| number % 11 != 7 || *place != 2)
            .map(|(time, place, (name, tests))| {
                let name = if time == 0 { (*name).to_string() } else { format!("{name}-{time}") };
                exercise(name, tests, number * 7 + place * 3 + time)
            })
            .collect(),
        notes: if number % 13 == 4 { vec!["it brings a build script, which was not used".to_string()] } else { vec![] },
    }
}

fn exercise(name: String, tests: &[(&str, u32)], seed: usize) -> Exercise {
    let is_nothing = seed % 17 == 5;
    let is_missing = seed % 23 == 9;
    let tests = tests.iter().enumerate().map(|(place, (test, quarters))| {
        let verdict = match (seed * 31 + place * place * 17) % 19 {
            _ if is_missing => Verdict::CouldNotGrade,
            _ if is_nothing && place == 0 => Verdict::Fail,
            _ if is_nothing => Verdict::NotJudged,
            0..=13 => Verdict::Pass,
            14..=17 => Verdict::Fail,
            _ => Verdict::NotJudged,
        };
        test_with(&format!("required::the_socket::{test}"), verdict, *quarters, seed * 100 + place)
    });
    Exercise {
        tests: tests.collect(),
        program: Some(format!("python3 {name}.py")),
        contained: if seed % 29 == 3 { vec!["it wanted more than 64 processes".to_string()] } else { vec![] },
        notes: vec![],
        milliseconds: 1200 + seed as u64,
        name,
    }
}

/// A test with such a verdict, worth so many quarters of a point.
pub fn test_with(name: &str, verdict: Verdict, quarters: u32, seed: usize) -> Test {
    let of = Points::from_quarters(quarters.max(1));
    let report = match verdict {
        Verdict::Pass => None,
        Verdict::Fail => Some(failure(seed)),
        Verdict::NotJudged => Some(Report {
            summary: "it connected to no one: read it_sends_what_is_typed first".to_string(),
            contract: "the message's bytes exactly, no newline added".to_string(),
            text: "\n  NOT JUDGED: the message's bytes exactly, no newline added\n  since it connected to no one: read it_sends_what_is_typed first\n".to_string(),
            ..Report::default()
        }),
        Verdict::CouldNotGrade => Some(Report {
            summary: "python3 has no module named colorama".to_string(),
            text: "\n  COULD NOT GRADE: python3 has no module named colorama\n  to install it:  pip install colorama\n".to_string(),
            ..Report::default()
        }),
    };
    let points = if verdict == Verdict::Pass { of } else { Points::default() };
    Test { name: name.to_string(), verdict, points, of, is_extra: quarters == 0, report }
}

fn failure(seed: usize) -> Report {
    let port = 20_000 + seed % 40_000;
    let report = Report {
        summary: "it connected to no one".to_string(),
        contract: "it asks for a message, connects, and sends the message".to_string(),
        expected: "a connection".to_string(),
        arrived: format!("it connected to no one at 127.0.0.1:{port}; IP and PORT come from the command line, yours may be constants"),
        hint: "send what the user has typed, and not a text of your own; in Python: message = input(\"Message: \"), then s.send(message.encode())".to_string(),
        try_it: format!("nc -l -p {port}   in one terminal (again for each connection), and in another one   python3 Ex3.py 127.0.0.1 {port}"),
        text: String::new(),
    };
    let text = format!(
        "\n  the contract: {}\n  expected:     {}\n  arrived:      {}\n  typed:        \"Good Morning {seed}\\n\": 19 bytes, the last are 38 32 39 0a\n  the peer's notes: \n    0 connections came to port {port}\n  the program said on its screen:\n      nothing\n  the program said as its errors:\n      nothing\n  hint:         {}\n  try it:       {}\n",
        report.contract, report.expected, report.arrived, report.hint, report.try_it
    );
    Report { text, ..report }
}

/// What somebody writes who would like to be more than a text: in HTML, XML, Markdown, a spreadsheet or a terminal.
pub const HOSTILE: &[&str] = &[
    "<script>document.title='hacked'</script>",
    "\"><img src=x onerror=alert(1)>",
    "</pre></details></article><h1>10 of 10</h1>",
    "]]><testcase name='mine'/><![CDATA[",
    "&lt;already&gt; &#60;b&#62;",
    "=HYPERLINK(\"http://example.com\",\"10\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u{a0}=1",
    "\u{ff1d}1",
    "\u{ff0b}1",
    "\u{ff0d}1",
    "\u{ff20}SUM",
    "a\",\"b\r\n\"c",
    "one;two,three\tfour",
    "\x1b[31mred\x1b[0m\x07\x08",
    "\0\u{1}\u{b}\u{c}\u{7f}\u{85}\u{9b}",
    "pass\u{202e}liaf",
    "zero\u{200b}width\u{feff}",
    "\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{10ffff}",
    "\u{2028}line\u{2029}",
    "| a | b |\n|---|---|\n| **x** | [y](javascript:alert(1)) |",
    "``` \n# heading\n<!-- ",
    "::set-output name=x::y\n::error::z",
    "",
    "   ",
];

/// A class in which every text is one of these.
pub fn hostile() -> Class {
    let exercise = |text: &str| Exercise {
        // It is none of a stranger's.
        name: format!("exercise{text}"),
        program: Some(text.to_string()),
        tests: [Verdict::Pass, Verdict::Fail, Verdict::NotJudged, Verdict::CouldNotGrade]
            .into_iter()
            .map(|verdict| Test {
                name: format!("required::{text}{verdict:?}"),
                verdict,
                points: Points::default(),
                of: Points::from_quarters(4),
                is_extra: false,
                report: Some(report(text)),
            })
            .collect(),
        contained: vec![text.to_string()],
        notes: vec![text.to_string()],
        milliseconds: 0,
    };
    let student = |text: &&str| Student {
        name: (*text).to_string(),
        exercises: vec![exercise(text)],
        notes: vec![(*text).to_string()],
    };
    Class { students: HOSTILE.iter().map(student).collect() }
}

fn report(text: &str) -> Report {
    let [summary, contract, expected, arrived, hint, try_it] = std::array::from_fn(|_| text.to_string());
    Report { summary, contract, expected, arrived, hint, try_it, text: format!("{text}\n{text}") }
}

/// Any text: of any characters, or a hostile one somewhere in it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        ("\\PC{0,3}", proptest::sample::select(HOSTILE)).prop_map(|(before, text)| before + text)
    ]
}

fn test() -> impl Strategy<Value = Test> {
    let verdict =
        prop_oneof![Just(Verdict::Pass), Just(Verdict::Fail), Just(Verdict::NotJudged), Just(Verdict::CouldNotGrade)];
    (text(), verdict, 0..20_u32, any::<bool>(), proptest::option::of(text())).prop_map(
        |(name, verdict, of, is_extra, said)| Test {
            name,
            verdict,
            points: Points::from_quarters(if verdict == Verdict::Pass { of } else { 0 }),
            of: Points::from_quarters(of),
            is_extra,
            report: said.map(|said| report(&said)),
        },
    )
}

/// Any student.
pub fn student_of_any_kind() -> impl Strategy<Value = Student> {
    let exercise = (text(), proptest::option::of(text()), vec(test(), 0..4), vec(text(), 0..2), any::<u32>()).prop_map(
        |(name, program, tests, notes, milliseconds)| Exercise {
            name,
            program,
            tests,
            contained: notes.clone(),
            notes,
            milliseconds: milliseconds.into(),
        },
    );
    (text(), vec(exercise, 0..3), vec(text(), 0..2)).prop_map(|(name, exercises, notes)| Student {
        name,
        exercises,
        notes,
    })
}

/// Any class.
pub fn any_class() -> impl Strategy<Value = Class> {
    vec(student_of_any_kind(), 0..4).prop_map(|students| Class { students })
}
