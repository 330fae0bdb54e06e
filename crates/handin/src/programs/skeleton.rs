//! Whether a program is only its skeleton: imports, constants, comments, empty functions, and not one call.

/// Languages in which a call has no parentheses: there every line that is no assignment is taken for one.
const BARE_CALLS: &[&str] = &["sh", "rb", "pl"];
/// First words of lines that call nothing, whatever parentheses they have.
const DEFINITIONS: &[&str] = &[
    "import", "from", "use", "mod", "package", "using", "require", "extern", "def", "fn", "pub", "async", "class",
    "func", "function", "public", "private", "static", "struct", "enum", "impl", "int", "void",
];
/// Calls that are in a program before it does anything: of its own beginning, of its end, of what only shows a text.
const IDLE_CALLS: &[&str] = &[
    "main",
    "require",
    "exit",
    "todo!",
    "unimplemented!",
    "Ok",
    "print",
    "println!",
    "print!",
    "eprintln!",
    "log",
    "printf",
    "puts",
    "println",
    "Println",
];

/// `extension` tells the language.
pub fn is_skeleton(text: &str, extension: &str) -> bool {
    let is_bare = BARE_CALLS.contains(&extension);
    let mut quotes = None;
    text.lines().map(str::trim).all(|line| {
        if let Some(end) = quotes {
            quotes = quotes.filter(|_| !line.contains(end));
            return true;
        }
        let begin = ["\"\"\"", "'''", "/*"].into_iter().find(|begin| line.starts_with(begin));
        if let Some(begin) = begin {
            let end = if begin == "/*" { "*/" } else { begin };
            quotes = Some(end).filter(|end| !line[begin.len()..].contains(end));
            return true;
        }
        let code = code(line);
        let first = code.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default();
        let is_idle = if is_bare {
            code.is_empty() || code.contains('=') && !code.contains(['$', '`', '('])
        } else {
            calls(&code).all(|call| IDLE_CALLS.contains(&call))
        };
        is_idle || DEFINITIONS.contains(&first)
    })
}

/// A line without its texts and its comment.
fn code(line: &str) -> String {
    let mut code = String::new();
    let mut quote = None;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match quote {
            Some(end) if character == end => quote = None,
            Some(_) => {
                if character == '\\' {
                    characters.next();
                }
            }
            None if character == '#' || (character == '/' && characters.peek() == Some(&'/')) => break,
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None => code.push(character),
        }
    }
    code
}

/// The names before opening parentheses, without what a point or colons divide from them.
fn calls(code: &str) -> impl Iterator<Item = &str> {
    code.match_indices('(').filter_map(|(place, _)| {
        let before = &code[..place];
        let is_in_name = |character: char| character.is_alphanumeric() || "_!".contains(character);
        let name = &before[before.trim_end_matches(is_in_name).len()..];
        (!name.is_empty() && !["if", "while", "for", "switch", "elif", "return", "and", "or", "not"].contains(&name))
            .then_some(name)
    })
}
