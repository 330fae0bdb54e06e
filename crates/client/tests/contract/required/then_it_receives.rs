//! "waits for the answer, and prints `MESSAGE FROM THE SERVER:`, an empty line, the answer."

use super::{FIRST, run_against};
use common::testing::{ClientRun, End, Hint, Judged, Reply, Requirement, counted, unforeseen};

/// The test that says more where no answer is printed.
const PRINTS: &str = "then_it_receives::and_prints_the_answer";

/// The first line of an answer: what is printed as a format loses its percent.
const FIRST_LINE: &str = "Hello from the teacher's server, 100 % sure";
/// As `{:?}` prints its bytes.
const BYTES_OF_THE_ANSWER: &str = "72, 101, 108, 108, 111";

/// Why nothing can be said of how it prints it.
const NOT_PRINTED: &str = "it did not print the answer";

/// Starts the client against a peer that answers at once: the run, and the answer's last line. It has two lines, since bytes
/// that are printed as they are show `\n`.
fn answered(requirement: &Requirement) -> (ClientRun, String) {
    let last_line = format!("This is answer {}", unforeseen());
    let answer = format!("{FIRST_LINE}\n{last_line}");
    (run_against(requirement, Reply::AtOnce(answer.into())), last_line)
}

/// The same where the answer is printed, with all that the client prints besides.
fn printed(requirement: &Requirement) -> (ClientRun, String) {
    let (mut run, last_line) = answered(requirement);
    if run.program.wait_for_screen(&last_line, |screen| screen.contains(&last_line)).is_err() {
        run.not_judged(requirement, NOT_PRINTED, PRINTS);
    }
    run.program.wait_for_rest();
    (run, last_line)
}

#[test]
fn and_prints_the_answer() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it waits for the answer, and prints it",
        hint: Hint::new("after send receive, decode what has come, and print that")
            .in_python("print(s.recv(2048).decode(\"utf-8\"))")
            .in_rust("socket.read(&mut buffer)"),
    };
    const AS_TEXT: Requirement = Requirement {
        hint: Hint::new("decode the bytes, and print the text that they are")
            .in_python("msg.decode(\"utf-8\")")
            .in_rust("text::escape_multiline(&answer), with {} and not {:?}"),
        ..REQUIREMENT
    };
    const UNTIL_THE_END: Requirement = Requirement {
        hint: Hint::new("a loop that receives ends when 0 bytes come, and the answer is printed after it")
            .in_rust("if length == 0 { break; }"),
        ..REQUIREMENT
    };
    let (mut run, last_line) = answered(&REQUIREMENT);
    // Both lines, whatever stands around them: a mark of a line that goes on, say.
    let is_line = |line: &str, text: &str, other: &str| line.contains(text) && !line.contains(other);
    let is_there = |screen: &str| {
        screen.lines().any(|line| is_line(line, &last_line, "Hello"))
            && screen.lines().any(|line| is_line(line, FIRST_LINE, &last_line))
    };
    if run.program.wait_for_screen(&last_line, is_there).is_err() {
        let connection = run.first(&REQUIREMENT);
        if connection.length == 0 {
            run.not_judged(&REQUIREMENT, "it sent no message, and so nobody answered", FIRST);
        }
        let requirement = match run.program.screen() {
            screen if screen.contains(BYTES_OF_THE_ANSWER) || screen.contains(r"sure\nThis is") => AS_TEXT,
            // The peer has sent its FIN.
            _ if connection.end == End::Open => UNTIL_THE_END,
            _ => REQUIREMENT,
        };
        let expected = format!("the answer on the program's screen, two lines: …, {last_line}");
        run.fail(&requirement, &expected, "see its screen below");
    }
}

/// In small letters, without the article, the colon or the empty line, and in the answer's own line it is the same heading. And of
/// those who word it in their own way nobody is refused whose words name the message or the server.
#[test]
fn under_the_heading() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it prints MESSAGE FROM THE SERVER:, an empty line, the answer",
        hint: Hint::new("compare the heading word by word, and print it before the answer")
            .in_python("print(\"MESSAGE FROM THE SERVER:\\n\")")
            .in_rust("println!(\"MESSAGE FROM THE SERVER:\\n\")"),
    };
    let (run, last_line) = printed(&REQUIREMENT);
    let screen = run.program.screen();
    let small = screen.to_lowercase();
    let begin = small.find(&FIRST_LINE.to_lowercase()).or_else(|| small.find(&last_line.to_lowercase()));
    let above = &small[..begin.unwrap_or_default()];
    // Lines are drawn between a heading and what is below it.
    let nearest = above.lines().rfind(|line| line.contains(char::is_alphanumeric)).unwrap_or_default();
    let is_right = ["message from the server", "message from server"].iter().any(|heading| above.contains(heading))
        || ["message", "server"].iter().any(|word| nearest.contains(word));
    run.check_shown(is_right, &REQUIREMENT, "MESSAGE FROM THE SERVER:", &screen);
}

#[test]
fn and_prints_no_more_than_has_come() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it prints the answer, and nothing of the buffer behind it",
        hint: Hint::new("receiving gives a length: print only so many bytes of the buffer")
            .in_rust("&buffer[..length]"),
    };
    let (run, _) = printed(&REQUIREMENT);
    let count = run.program.zeros_shown();
    run.check(count == 0, &REQUIREMENT, "the answer alone", &format!("{} of zero as well", counted(count, "byte")));
}

/// What a server sends is text in UTF-8 as well.
#[test]
fn and_prints_it_in_utf_8() {
    const REQUIREMENT: Requirement = Requirement {
        says: "messages are text in UTF-8",
        hint: Hint::new("decode the bytes as UTF-8: an ñ is the two bytes c3 b1").in_python("msg.decode(\"utf-8\")"),
    };
    let answer = format!("Hasta mañana, 5 €, 日本🙂 {}", unforeseen());
    let shows = |answer: &str| {
        let run = run_against(&REQUIREMENT, Reply::AtOnce(answer.as_bytes().to_vec()));
        let is_there = run.program.wait_for_screen(answer, |screen| screen.contains(answer)).is_ok();
        (run, is_there)
    };
    let (run, is_there) = shows(&answer);
    if !is_there {
        // Two lines, since bytes that are printed as they are show `\n`.
        let (in_english, is_there) = shows(&format!("See you tomorrow\nat {}", unforeseen()));
        if !is_there {
            in_english.not_judged(&REQUIREMENT, NOT_PRINTED, PRINTS);
        }
    }
    run.check_shown(is_there, &REQUIREMENT, &answer, &run.program.screen());
}
