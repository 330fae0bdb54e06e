//! Whatever bytes come in, however they are cut: no control character goes out, cutting changes nothing, memory is bounded.

use common::text::{
    CONTINUATION, LineBreaks, SafeText, escape_json, escape_line, escape_multiline, escape_prefix, is_safe,
};
use proptest::prelude::*;
use regex_syntax::hir::{Class, ClassUnicode, HirKind};
use std::sync::LazyLock;

/// What a reader cannot see, by Unicode's own data: regex-syntax carries its tables.
fn unicode_says_invisible(character: char) -> bool {
    static INVISIBLE: LazyLock<ClassUnicode> = LazyLock::new(|| {
        let class = r"[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\x{FE0E}\x{FE0F}]]";
        match regex_syntax::parse(class).unwrap().into_kind() {
            HirKind::Class(Class::Unicode(class)) => class,
            other => panic!("not a class: {other:?}"),
        }
    });
    let ranges = INVISIBLE.ranges();
    let after = ranges.partition_point(|range| range.start() <= character);
    after > 0 && character <= ranges[after - 1].end()
}

#[test]
fn every_character_is_shown_or_escaped_as_unicode_says() {
    for character in '\0'..=char::MAX {
        assert_eq!(is_safe(character), !unicode_says_invisible(character), "U+{:04X}", u32::from(character));
    }
}

#[test]
fn escapes_look_as_documented() {
    assert_eq!(escape_line(b"\x1b\x07\x08\0\t\r\n\x7f"), r"\x1b\x07\x08\x00\t\r\n\x7f");
    assert_eq!(escape_line("\u{9b}\u{ad}\u{200b}\u{202e}\u{feff}".as_bytes()), r"\x9b\xad\u{200b}\u{202e}\u{feff}");
    assert_eq!(
        escape_line("ñ 漢字 👩‍🚀 ❤️ \\x1b".as_bytes()),
        "ñ 漢字 👩\\u{200d}🚀 ❤️ \\x1b",
        "a backslash stays what it is"
    );
}

#[test]
fn a_stack_of_combining_marks_is_cut() {
    let accents = "e\u{301}\u{302}\u{303}\u{304}";
    assert_eq!(escape_line(accents.as_bytes()), accents);
    assert_eq!(escape_line(format!("{accents}\u{305}\u{306}x").as_bytes()), format!("{accents}\\u{{305}}\\u{{306}}x"));
}

#[test]
fn one_line_break_at_the_end_is_not_shown_and_the_others_are() {
    assert_eq!(escape_multiline(b"HELLO\n"), "HELLO");
    assert_eq!(escape_multiline(b"HELLO\n\n"), "HELLO\n  | ");
    assert_eq!(escape_multiline(b"\nHELLO"), "\n  | HELLO");
    assert_eq!(escape_multiline(b""), "");
}

#[test]
fn line_breaks_that_are_kept_are_those_of_the_message_and_nothing_else_is_kept() {
    let bytes = b"\none\r\n\n\x1b[2Jtwo\xc2\x85three\n";
    assert_eq!(in_pieces(&[bytes], LineBreaks::Kept), "\none\\r\n\n\\x1b[2Jtwo\\x85three\n");
}

#[test]
fn a_beginning_says_how_much_is_missing_and_never_shows_half_a_character() {
    assert_eq!(escape_prefix(b"HELLO", 5), "HELLO");
    assert_eq!(escape_prefix(b"HELLO\n", 7), "HELLO... (1 more byte not shown)");
    assert_eq!(escape_prefix(b"HELL\xc3", 6), "HELL... (2 more bytes not shown)");
    assert_eq!(escape_prefix(b"HELL\xc3", 5), "HELL\u{FFFD}", "nothing is missing: it was sent like that");
}

#[test]
fn json_is_escaped_and_means_the_same() {
    let text = "name\u{202e}\u{9b}2J\u{7f}\u{feff}\u{e0041}\u{1b}\r\n\t\"\\ ñ 漢 👩";
    for written in [serde_json::to_string(&[text]).unwrap(), serde_json::to_string_pretty(&[text, "x"]).unwrap()] {
        assert_eq!(
            escape_json(&written)
                .lines()
                .find(|line| line.contains("name"))
                .unwrap()
                .trim_matches([' ', '[', ']', ',']),
            r#""name\u202e\u009b2J\u007f\ufeff\udb40\udc41\u001b\r\n\t\"\\ ñ 漢 👩""#
        );
        assert_eq!(escape_json(&written).lines().count(), written.lines().count());
        let value: serde_json::Value = serde_json::from_str(&escape_json(&written)).unwrap();
        assert_eq!(value[0], text);
    }
    assert_eq!(escape_json("[\r\n\t1,\r2]"), "[ \n 1, 2]");
}

/// Bytes as they come from a network: text, broken text, and what is made to harm.
fn hostile_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        any::<char>().prop_map(|character| character.to_string().into_bytes()),
        // The beginnings of characters of two, three and four bytes, and a byte that begins nothing.
        prop::sample::select(vec![&b"\xc3"[..], b"\xe2\x80", b"\xf0\x9f\x91", b"\x80", b"\xed\xa0\x80", b"\xf5"])
            .prop_map(<[u8]>::to_vec),
        prop::sample::select(vec!["\n", "\r\n", "\u{1b}[2J", "\u{9b}", "\u{202e}", "\u{2028}", "\nCONNECTION: 99"])
            .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn line_breaks() -> impl Strategy<Value = LineBreaks> {
    prop_oneof![Just(LineBreaks::Continued), Just(LineBreaks::Escaped), Just(LineBreaks::Kept)]
}

fn in_pieces(pieces: &[&[u8]], line_breaks: LineBreaks) -> String {
    let mut text = SafeText::new(line_breaks);
    let mut shown = String::new();
    for piece in pieces {
        text.push(piece, &mut shown);
        assert!(text.waiting() <= 3, "{} bytes wait", text.waiting());
    }
    text.finish(&mut shown);
    shown
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_invisible_goes_out_but_our_own_line_breaks(bytes in hostile_bytes(), line_breaks in line_breaks()) {
        let shown = in_pieces(&[&bytes], line_breaks);
        let rest = match line_breaks {
            LineBreaks::Continued => shown.replace(&format!("\n{CONTINUATION}"), ""),
            LineBreaks::Escaped => shown,
            LineBreaks::Kept => shown.replace('\n', ""),
        };
        prop_assert!(!rest.chars().any(unicode_says_invisible), "{rest:?}");
    }

    #[test]
    fn cutting_changes_nothing(bytes in hostile_bytes(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..20), line_breaks in line_breaks()) {
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        places.extend([0, bytes.len()]);
        places.sort_unstable();
        let pieces: Vec<&[u8]> = places.windows(2).map(|ends| &bytes[ends[0]..ends[1]]).collect();
        prop_assert_eq!(in_pieces(&pieces, line_breaks), in_pieces(&[&bytes], line_breaks));
    }

    #[test]
    fn what_can_be_seen_is_shown_as_it_is(bytes in hostile_bytes()) {
        let visible = |text: &str| text.chars().filter(|c| !unicode_says_invisible(*c)).collect::<String>();
        // Without the escapes, which are all ASCII, as are the letters that they could be mistaken for.
        let not_ascii = |text: &str| text.chars().filter(|c| !c.is_ascii()).collect::<String>();
        let expected = not_ascii(&visible(&String::from_utf8_lossy(&bytes)));
        prop_assert_eq!(not_ascii(&escape_line(&bytes)), expected);
    }

    #[test]
    fn what_is_plain_text_is_shown_unchanged(text in "[ -~ñ漢é]{0,200}") {
        prop_assert_eq!(escape_line(text.as_bytes()), text);
    }

    #[test]
    fn json_of_any_text_is_safe_and_means_the_same(text in any::<String>()) {
        let shown = escape_json(&serde_json::to_string(&text).unwrap());
        prop_assert!(!shown.chars().any(unicode_says_invisible), "{shown:?}");
        prop_assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
    }

    #[test]
    fn memory_is_bounded(bytes in hostile_bytes(), line_breaks in line_breaks()) {
        prop_assert!(in_pieces(&[&bytes], line_breaks).len() <= 5 * bytes.len());
    }
}

#[cfg(unix)]
#[test]
fn a_quoted_word_is_that_word_in_a_shell() {
    use common::text::quote_for_shell;
    use std::process::Command;
    for word in
        ["", "a b", "it's", "$(reboot)", "`x`", "a;b", "~", "*", "a{b,c}", "x!!", "^a^b", "\\", "\"", "#x", "k=v", "ñ"]
    {
        for shell in ["sh", "bash"] {
            let Ok(output) = Command::new(shell).args(["-c", &format!("printf %s {}", quote_for_shell(word))]).output()
            else {
                continue;
            };
            assert_eq!(String::from_utf8_lossy(&output.stdout), word, "{shell}: {}", quote_for_shell(word));
        }
    }
    assert_eq!(quote_for_shell("a\nb\u{1b}[2J"), r"'a\nb\x1b[2J'");
    assert_eq!(quote_for_shell("x!!"), "'x!!'", "an interactive bash would put the last command in its place");
}
