//! A page of Markdown: its blocks of code, the remarks for the tests, its links and headings.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// What stands in a page for the tests, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A block of code: the words behind its fence, none for an indented one.
    Block { line: usize, words: Vec<String>, text: String },
    /// `<!-- test: WORDS -->`: what a reader does between two blocks.
    Remark { line: usize, text: String },
}

/// A page, as the specification of Markdown (<https://spec.commonmark.org>) reads it.
#[derive(Debug, Default)]
pub struct Page {
    pub pieces: Vec<Piece>,
    /// Where links and pictures lead.
    pub links: Vec<String>,
    /// The names under which GitHub makes the headings known, behind a `#`.
    pub anchors: BTreeSet<String>,
}

impl Page {
    pub fn read(text: &str) -> Self {
        let mut page = Self::default();
        let (mut block, mut heading) = (None, None::<String>);
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            let line = text[..range.start].matches('\n').count() + 1;
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let words = match kind {
                        CodeBlockKind::Fenced(info) => info.split_whitespace().map(str::to_string).collect(),
                        CodeBlockKind::Indented => Vec::new(),
                    };
                    block = Some(Piece::Block { line, words, text: String::new() });
                }
                Event::End(TagEnd::CodeBlock) => page.pieces.extend(block.take()),
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.anchors.extend(heading.take().map(|heading| anchor(&heading))),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some(Piece::Block { text, .. }) = &mut block {
                        text.push_str(&words);
                    }
                    if let Some(heading) = &mut heading {
                        heading.push_str(&words);
                    }
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    let remark = html.trim().strip_prefix("<!-- test: ").and_then(|rest| rest.strip_suffix(" -->"));
                    page.pieces.extend(remark.map(|text| Piece::Remark { line, text: text.to_string() }));
                    for mark in ["href=\"", "src=\"", "srcset=\""] {
                        let targets = html.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
                        page.links.extend(targets.map(str::to_string));
                    }
                }
                _ => {}
            }
        }
        page
    }
}

/// As GitHub makes it: small letters, hyphens for spaces, no other marks.
fn anchor(heading: &str) -> String {
    let letters = heading.chars().flat_map(char::to_lowercase);
    letters.filter(|c| c.is_alphanumeric() || " -_".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_kind_of_block_is_seen() {
    let text = "# Two words\n\na `b`\n```console\n$ one\n```\n\n~~~ text server\ntwo\n~~~\n\n    three\n\n<!-- test: Ctrl-C server -->\n\n[x](y.md#z)\n";
    let page = Page::read(text);
    let block = |line, words: &[&str], text: &str| Piece::Block {
        line,
        words: words.iter().map(|word| (*word).to_string()).collect(),
        text: text.to_string(),
    };
    let remark = Piece::Remark { line: 14, text: "Ctrl-C server".to_string() };
    let three =
        [block(4, &["console"], "$ one\n"), block(8, &["text", "server"], "two\n"), block(12, &[], "three\n"), remark];
    assert_eq!(page.pieces, three);
    assert_eq!((page.links, page.anchors), (vec!["y.md#z".to_string()], BTreeSet::from(["two-words".to_string()])));
}
