//! A program under test has a terminal as its screen, and nothing else of one.

use common::testing::{CommandUnderTest, Hint, Judged, ProgramRun, Requirement};

const ANY: Requirement = Requirement { says: "", hint: Hint::new("") };

fn run(script: &str) -> ProgramRun {
    ProgramRun::start(&CommandUnderTest::new("sh"), &["-c", script])
}

fn ended(script: &str) -> ProgramRun {
    let mut run = run(script);
    run.end(&ANY);
    run
}

const WHICH: &str = "for n in 0 1 2; do if [ -t $n ]; then printf 'terminal '; else printf 'pipe '; fi; done";

#[test]
fn standard_output_is_a_terminal_and_the_other_two_are_pipes() {
    assert_eq!(ended(WHICH).program.screen(), "pipe terminal pipe ");
}

#[test]
fn a_filter_has_pipes() {
    let mut run = ProgramRun::start(&CommandUnderTest::new("sh").as_filter(), &["-c", WHICH]);
    run.end(&ANY);
    assert_eq!(run.program.screen(), "pipe pipe pipe ");
}

#[test]
fn bytes_are_shown_as_they_are_written_to_the_last_one() {
    let run = ended("printf 'a\\nb\\r\\nc\\0\\003d'; i=0; while [ $i -lt 2000 ]; do i=$((i+1)); echo line $i; done");
    let shown = run.program.stdout();
    assert!(shown.starts_with("a\nb\r\nc\0\x03d"), "{:?}", &shown[..20]);
    assert!(shown.ends_with("line 1999\nline 2000\n"), "{:?}", &shown[shown.len() - 20..]);
}

/// In colours, as Python's logging module does it, and with a traceback.
#[test]
fn lines_on_standard_error_stand_on_the_screen_too() {
    let script = "echo one; { printf '\\033[32mINFO:root:two\\033[0m\\r\\n'; printf '    print(\"three\")\\n'; } >&2";
    let run = ended(script);
    assert_eq!(run.program.screen(), "one\nINFO:root:two\n");
    assert_eq!(run.program.stdout(), "one\n");
}

#[test]
fn a_line_on_standard_error_is_waited_for() {
    let run = run("echo two >&2; exec sleep 1000");
    run.wait_for_screen(&ANY, "two", |screen| screen == "two\n");
}

#[test]
fn a_report_shows_no_colours_and_all_else() {
    let report = std::panic::catch_unwind(|| {
        ended("printf '\\033[1;32mgreen\\033[0m \\033[38;5;9mred\\033[K\\0\\007 caf\\303\\251\\n'").fail(&ANY, "", "");
    });
    let report = report.unwrap_err().downcast::<String>().unwrap();
    assert!(report.contains("on its screen:\n      green red\\x00\\x07 café\n"), "{report}");
}

/// Who inherits the terminal of another one keeps it open.
#[test]
#[cfg(target_os = "linux")]
fn no_program_has_the_terminal_of_another_one() {
    let _other = run("exec sleep 1000");
    let open = ended("for n in /proc/self/fd/*; do readlink $n; done").program.screen();
    let terminals: Vec<&str> = open.lines().filter(|file| file.contains("/dev/pt")).collect();
    assert_eq!(terminals.len(), 1, "{open}");
}

/// A coloured greeting is wrong on the wire, and libraries leave their colours out where they see no terminal, or are asked to.
#[test]
fn colours_are_asked_for() {
    let name = "testing::terminal::colours_are_asked_for";
    if let Some(mut inner) = super::programs::in_a_process_of_its_own("NO_COLOR=1 exec \"$0\" \"$@\"", name) {
        let status = inner.wait_for_end().unwrap();
        assert!(status.success(), "{}{}", inner.stdout(), inner.stderr());
        return;
    }
    let script = "echo \"${FORCE_COLOR-none} ${NO_COLOR-none}\"";
    assert_eq!(ended(script).program.screen(), "1 none\n");
    let mut filter = ProgramRun::start(&CommandUnderTest::new("sh").as_filter(), &["-c", script]);
    filter.end(&ANY);
    assert_eq!(filter.program.screen(), "none 1\n");
}
