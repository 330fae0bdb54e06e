//! Why a program does not start, in the words of its interpreter: `line 12: unexpected indent`.

/// Errors of Python that come before its first line is run.
const PYTHON_SYNTAX: [&str; 3] = ["SyntaxError", "IndentationError", "TabError"];

/// Errors of a language's own that say nothing about a mistake in the program: of the network, of files, or the end of the input.
const NOT_MEANT: [&str; 14] = [
    "OSError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "ConnectionAbortedError",
    "BrokenPipeError",
    "BlockingIOError",
    "InterruptedError",
    "PermissionError",
    "TimeoutError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "EOFError",
    "KeyboardInterrupt",
];

/// Why it does not start, if these errors of a program that has shown nothing say so. A mistake that is found when the program runs
/// counts only if it has done nothing else either. `source` is the name of its file.
pub fn reason(errors: &str, has_acted: bool, source: &str) -> Option<String> {
    compile_error(errors, source).or_else(|| if has_acted { None } else { early_end(errors, source) })
}

fn compile_error(errors: &str, source: &str) -> Option<String> {
    let last = errors.lines().rfind(|line| !line.trim().is_empty())?;
    if let Some((name, words)) = last.split_once(": ") {
        if PYTHON_SYNTAX.contains(&name) {
            return Some(python_place(errors, source)? + words);
        }
    }
    perl(errors).or_else(|| node(errors, &["SyntaxError"])).or_else(|| numbered(errors, source))
}

fn early_end(errors: &str, source: &str) -> Option<String> {
    python(errors, source)
        .or_else(|| node(errors, &["ReferenceError", "TypeError", "RangeError"]))
        .or_else(|| rust(errors))
}

/// An uncaught exception: its last line, and the place of the last frame in the program's own file.
fn python(errors: &str, source: &str) -> Option<String> {
    let (_, traceback) = errors.rsplit_once("Traceback (most recent call last):\n")?;
    let last = traceback.lines().find(|line| !line.starts_with(' '))?;
    let name = last.split(':').next()?;
    let is_meant = name.ends_with("Error") && !name.contains('.') && !NOT_MEANT.contains(&name);
    is_meant.then(|| Some(python_place(traceback, source)? + last))?
}

/// `line 12: `, or `colours.py, line 12: ` for another file than the program.
fn python_place(errors: &str, source: &str) -> Option<String> {
    let frames: Vec<(&str, &str)> = errors
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("File \"")?.split_once("\", line "))
        .map(|(file, rest)| (file.rsplit(['/', '\\']).next().unwrap_or(file), rest))
        .collect();
    let is_syntax = errors.lines().last().is_some_and(|last| PYTHON_SYNTAX.iter().any(|name| last.starts_with(name)));
    let own = frames.iter().rfind(|(file, _)| is_syntax || *file == source).or(frames.last());
    let (file, rest) = own?;
    let line: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some(if *file == source { format!("line {line}: ") } else { format!("{file}, line {line}: ") })
}

/// `syntax error at Ex3.pl line 2, near "= ;"`
fn perl(errors: &str) -> Option<String> {
    let is_perl = errors.contains(" aborted due to compilation errors") || errors.contains(" had compilation errors");
    let first = errors.lines().find(|line| line.contains(" at ")).filter(|_| is_perl)?;
    let (words, place) = first.split_once(" at ")?;
    let line: String = place.split_once(" line ")?.1.chars().take_while(char::is_ascii_digit).collect();
    Some(format!("line {line}: {words}"))
}

/// The place comes first, and the error behind a picture of the line.
fn node(errors: &str, names: &[&str]) -> Option<String> {
    let error = errors.lines().find(|line| line.split_once(": ").is_some_and(|(name, _)| names.contains(&name)))?;
    let (_, line) = errors.lines().find(|line| !line.is_empty())?.rsplit_once(':')?;
    line.parse::<u32>().ok().map(|line| format!("line {line}: {error}"))
}

/// `Ex3.java:1: error: illegal start of expression`, `Ex3.sh: 2: Syntax error: …`, `Ex3.rb:3: syntax error, …`
fn numbered(errors: &str, source: &str) -> Option<String> {
    if source.is_empty() {
        return None;
    }
    errors.lines().find_map(|line| {
        let behind = line.split_once(source)?.1.trim_start_matches(": line ").trim_start_matches([':', ' ']);
        let (number, words) = behind.split_once(':')?;
        let number: u32 = number.parse().ok()?;
        let words = words.trim_start_matches(|next: char| next.is_ascii_digit() || next == ':').trim();
        let lower = words.to_lowercase();
        let is_error = lower.starts_with("error: ") || lower.starts_with("syntax error");
        is_error.then(|| format!("line {number}: {}", words.trim_start_matches("error: ")))
    })
}

/// `thread 'main' panicked at src/main.rs:3:18:`, and the reason in the next line. That of an `unwrap` may be the system's.
fn rust(errors: &str) -> Option<String> {
    let (_, panic) = errors.split_once("thread 'main' ")?;
    let (place, words) = panic.split_once("panicked at ")?.1.split_once(":\n")?;
    let words = words.lines().next()?;
    let line = place.rsplit(':').nth(1)?;
    (!words.contains("Os {") && !words.contains("os error")).then(|| format!("line {line}: {words}"))
}
