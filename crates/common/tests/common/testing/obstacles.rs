//! Programs that cannot be judged: the machine lacks what they need, or they do not start.

use common::testing::{
    ClientRun, CommandUnderTest, Hint, Judged, ProgramRun, Reply, Requirement, ServerRun, free_port,
};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use tempfile::tempdir;

const ANY: Requirement = Requirement { says: "", hint: Hint::new("") };

/// A program that shows this, says that as its errors, and ends: as if it were run by an interpreter.
fn program(folder: &Path, file: &str, shown: &str, errors: &str) -> CommandUnderTest {
    let file = folder.join(file);
    fs::write(
        &file,
        format!("printf '%s' '{}'\ncat >&2 <<'END'\n{errors}\nEND\nexit 1\n", shown.replace('\'', "'\\''")),
    )
    .unwrap();
    CommandUnderTest::new("sh").with(file.to_str().unwrap())
}

fn report(test: impl FnOnce()) -> String {
    *catch_unwind(AssertUnwindSafe(test)).unwrap_err().downcast::<String>().unwrap()
}

/// What a test says that waits for a connection of this program.
fn client_report(under_test: &CommandUnderTest) -> String {
    report(|| drop(ClientRun::start(under_test, &[], Reply::Nothing).first(&ANY)))
}

#[track_caller]
fn check(file: &str, errors: &str, expected: &str) {
    let folder = tempdir().unwrap();
    let report = client_report(&program(folder.path(), file, "", errors));
    assert!(report.contains(expected), "{expected:?} is not in\n{report}");
}

#[track_caller]
fn check_missing(file: &str, errors: &str, what: &str, next: &str) {
    check(file, errors, &format!("\n  COULD NOT GRADE: {what}"));
    check(file, errors, &format!("\n  next:         {next}"));
}

#[track_caller]
fn check_does_not_start(file: &str, errors: &str, reason: &str) {
    check(
        file,
        errors,
        &format!("\n  NOT JUDGED: your program does not start: {reason}; nothing else can be judged before that\n"),
    );
}

fn import_fails(module: &str) -> String {
    format!(
        "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 2, in <module>\n    import m\nModuleNotFoundError: No module named '{module}'"
    )
}

#[test]
fn a_module_that_is_not_installed_is_no_mistake() {
    let pip = |name: &str| format!("python3 -m pip install {name}   (if it is");
    check_missing(
        "Ex3.py",
        &import_fails("termcolor"),
        "the Python module termcolor is not installed",
        &pip("termcolor"),
    );
    check_missing("Ex3.py", &import_fails("PIL"), "the Python module PIL is not installed", &pip("Pillow"));
    check_missing(
        "Ex3.py",
        "\x1b[1;35mModuleNotFoundError\x1b[0m: No module named 'rich'",
        "the Python module rich",
        &pip("rich"),
    );
    check_missing("Ex3.py", "ImportError: No module named termcolor", "the Python module termcolor", &pip("termcolor"));
    check_missing("Ex3.py", &import_fails("msvcrt"), "the Python module msvcrt is on Windows alone", "grade it there");
    let npm = |name: &str| format!("npm install {name}   (if it is");
    check_missing(
        "Ex3.js",
        "Error: Cannot find module 'chalk'\nRequire stack:",
        "the Node.js module chalk is not",
        &npm("chalk"),
    );
    check_missing("Ex3.js", "Error: Cannot find module '@a/b/c'", "the Node.js module @a/b is not", &npm("@a/b"));
    let package = "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'chalk' imported from /x/Ex3.mjs";
    check_missing("Ex3.mjs", package, "the Node.js module chalk is not", &npm("chalk"));
    let perl = "Can't locate Term/ANSIColor2.pm in @INC (you may need to install the Term::ANSIColor2 module) (@INC contains: /etc/perl) at Ex3.pl line 1.";
    check_missing("Ex3.pl", perl, "the Perl module Term::ANSIColor2 is not", "cpan Term::ANSIColor2");
    check_missing(
        "Ex3.rb",
        "<x>: cannot load such file -- colorize (LoadError)",
        "the Ruby module colorize is",
        "gem install colorize",
    );
    check_missing(
        "Ex3.lua",
        "lua: Ex3.lua:1: module 'socket' not found:",
        "the Lua module socket is",
        "luarocks install luasocket",
    );
    let java = "Error: LinkageError occurred while loading main class X\n\tjava.lang.UnsupportedClassVersionError: X has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0";
    check_missing("X.jar", java, "Java 21 is not on this computer", "");
    check_missing(
        "Ex3",
        "./Ex3: error while loading shared libraries: libreadline.so.9: cannot open shared object file: No such file or directory",
        "the library libreadline.so.9",
        "",
    );
}

#[test]
fn an_interpreter_that_is_missing_is_no_mistake() {
    for said in [
        "/usr/bin/env: ‘python3.9’: No such file or directory",
        "env: can't execute 'python3.9': No such file or directory",
        "Ex3.sh: 2: python3.9: not found",
        "Ex3.sh: line 2: python3.9: command not found",
        "bash: ./Ex3.py: /usr/bin/python3.9: bad interpreter: No such file or directory",
        "pyenv: python3.9: command not found\n\nThe `python3.9' command exists in these Python versions:",
    ] {
        check_missing("Ex3.sh", said, "python3.9 is not on this computer", "");
    }
    check_missing(
        "Ex3.sh",
        "/usr/bin/env: ‘python3\\r’: No such file or directory",
        "the program asks for python3 in a first line that ends as on Windows",
        "",
    );
}

#[test]
fn a_command_that_cannot_be_run_is_no_mistake() {
    let folder = tempdir().unwrap();
    let of = |under_test: &CommandUnderTest| client_report(under_test);
    let interpreter = of(&CommandUnderTest::new("python3.999"));
    assert!(interpreter.contains("COULD NOT GRADE: python3.999 is not on this computer\n  next: "), "{interpreter}");
    let file = |name: &str, mode: u32| {
        use std::os::unix::fs::PermissionsExt as _;
        let file = folder.path().join(name);
        fs::write(&file, "#!/usr/bin/python3.999\nprint(1)\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        CommandUnderTest::new(file)
    };
    let asked_for = of(&file("asked-for", 0o755));
    assert!(asked_for.contains("in its first line is not on this computer: #!/usr/bin/python3.999"), "{asked_for}");
    let locked = of(&file("locked", 0o644));
    assert!(locked.contains("Permission denied") && locked.contains("next:         chmod +x "), "{locked}");
}

#[test]
fn what_the_student_should_have_written_stays_a_mistake() {
    let folder = tempdir().unwrap();
    for name in ["colours.py", "colours.js", "colours.rb"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    fs::create_dir(folder.path().join("My")).unwrap();
    fs::write(folder.path().join("My/Colours.pm"), "").unwrap();
    for (file, errors) in [
        ("Ex3.py", &*import_fails("colours")),
        ("Ex3.py", &*import_fails("sokcet")),
        ("Ex3.py", &*import_fails("Socket")),
        ("Ex3.py", "ModuleNotFoundError: No module named 'os.sockets'; 'os' is not a package"),
        ("Ex3.py", "ImportError: cannot import name 'conect' from 'socket'"),
        ("Ex3.js", "Error: Cannot find module './colours'"),
        ("Ex3.js", "Error: Cannot find module 'colours'"),
        ("Ex3.mjs", "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/x/colours.mjs' imported from /x/Ex3.mjs"),
        ("Ex3.pl", "Can't locate My/Colours.pm in @INC (you may need to install"),
        ("Ex3.rb", "<x>: cannot load such file -- /x/colours (LoadError)"),
        ("Ex3.rb", "<x>: cannot load such file -- colours (LoadError)"),
        ("Ex3.sh", "Ex3.sh: 2: ech: not found"),
        ("Ex3.py", "FileNotFoundError: [Errno 2] No such file or directory: 'python3'"),
        ("Ex3.py", "python3: can't open file '/x/Ex33.py': [Errno 2] No such file or directory"),
    ] {
        let report = client_report(&program(folder.path(), file, "", errors));
        assert!(!report.contains("COULD NOT GRADE"), "{errors}\n{report}");
    }
}

/// It has said that the module is missing, and gone on without it.
#[test]
fn a_module_that_a_program_does_without_is_no_excuse() {
    let folder = tempdir().unwrap();
    let report = |said: &str| {
        let under_test = program(folder.path(), "Ex3.py", said, "ConnectionResetError: [Errno 104]");
        report(|| {
            let run = ProgramRun::start(&under_test, &[]);
            run.wait_for_screen(&ANY, "what never comes", |screen| screen.contains("never"));
        })
    };
    let said = report("No module named 'termcolor', so there are no colours\n");
    assert!(said.contains("expected:     what never comes"), "{said}");
}

#[test]
fn a_program_that_does_not_start_is_told_so() {
    check_does_not_start(
        "Ex3.py",
        "  File \"/x/Ex3.py\", line 12\n    x = 1\nIndentationError: unexpected indent",
        "line 12: unexpected indent",
    );
    check_does_not_start(
        "Ex3.py",
        "  File \"/x/Ex3.py\", line 2\n    print(\"hello\"\n         ^\nSyntaxError: '(' was never closed",
        "line 2: '(' was never closed",
    );
    let other = "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 1, in <module>\n    import colours\n  File \"/x/colours.py\", line 3\n    x = = 2\n        ^\nSyntaxError: invalid syntax";
    check_does_not_start("Ex3.py", other, "colours.py, line 3: invalid syntax");
    let name = "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 7, in <module>\n    sokcet.socket()\n    ^^^^^^\nNameError: name 'sokcet' is not defined. Did you mean: 'socket'?";
    check_does_not_start("Ex3.py", name, "line 7: NameError: name 'sokcet' is not defined. Did you mean: 'socket'?");
    let library = "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 4, in <module>\n    f()\n  File \"/usr/lib/python3/json/decoder.py\", line 355, in decode\n    x\nTypeError: the JSON object must be str";
    check_does_not_start("Ex3.py", library, "line 4: TypeError: the JSON object must be str");
    check_does_not_start("Ex3.py", &import_fails("sokcet"), "line 2: ModuleNotFoundError: No module named 'sokcet'");
    check_does_not_start(
        "Ex3.js",
        "/x/Ex3.js:2\nconst a = ;\n          ^\n\nSyntaxError: Unexpected token ';'\n    at wrapSafe\n\nNode.js v20",
        "line 2: SyntaxError: Unexpected token ';'",
    );
    check_does_not_start(
        "Ex3.js",
        "/x/Ex3.js:3\nfoo.bar();\n^\n\nReferenceError: foo is not defined\n    at Object",
        "line 3: ReferenceError: foo is not defined",
    );
    check_does_not_start(
        "Ex3.pl",
        "syntax error at Ex3.pl line 2, near \"= ;\"\nExecution of Ex3.pl aborted due to compilation errors.",
        "line 2: syntax error",
    );
    check_does_not_start(
        "Ex3.sh",
        "Ex3.sh: 1: Syntax error: \"then\" unexpected",
        "line 1: Syntax error: \"then\" unexpected",
    );
    check_does_not_start(
        "Ex3.sh",
        "Ex3.sh: line 1: syntax error near unexpected token `then'",
        "line 1: syntax error near unexpected token `then'",
    );
    check_does_not_start(
        "Ex3.java",
        "Ex3.java:1: error: illegal start of expression\nclass S {\n 1 error\nerror: compilation failed",
        "line 1: illegal start of expression",
    );
    check_does_not_start(
        "Ex3",
        "\nthread 'main' (123) panicked at src/main.rs:3:18:\nindex out of bounds: the len is 0 but the index is 3\nnote: run with",
        "line 3: index out of bounds: the len is 0 but the index is 3",
    );
}

/// Who connects to nobody has written another address, or meant another order: that has hints of its own.
#[test]
fn a_program_that_ends_by_an_error_of_the_network_did_start() {
    for errors in [
        "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 7, in <module>\nConnectionRefusedError: [Errno 111] Connection refused",
        "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 7, in <module>\nsocket.gaierror: [Errno -2] Name or service not known",
        "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 7, in <module>\nEOFError: EOF when reading a line",
        "thread 'main' panicked at src/main.rs:9:47:\ncalled `Result::unwrap()` on an `Err` value: Os { code: 111, kind: ConnectionRefused",
        "node:events:497\n      throw er;\n      ^\n\nError: connect ECONNREFUSED 127.0.0.1:8080",
        "Cannot connect: Connection refused",
    ] {
        check("Ex3.py", errors, "expected:     a connection");
    }
}

/// It is told once, and not ten times.
#[test]
fn the_second_test_of_a_program_that_does_not_start_says_so_in_one_line() {
    let folder = tempdir().unwrap();
    let under_test = program(
        folder.path(),
        "Ex3.py",
        "",
        "  File \"/x/Ex3.py\", line 12\n    x = 1\nIndentationError: unexpected indent",
    );
    let first = client_report(&under_test);
    assert!(
        first.contains("it said:\n        File \"/x/Ex3.py\", line 12\n") && first.contains("try it:       "),
        "{first}"
    );
    let second = report(|| drop(ServerRun::start(&under_test).ask(&ANY, b"HELLO")));
    assert_eq!(second, "\n  NOT JUDGED: your program does not start; the report of another test says why");
    let third = report(|| {
        ClientRun::start(&under_test, &[], Reply::Nothing).not_judged(&ANY, "of something else", "another_test")
    });
    assert!(third == second || third.contains("since of something else"), "{third}");
}

/// It says nothing of its own at a port in use either.
#[test]
fn a_mistake_in_writing_is_told_whatever_was_expected() {
    let syntax = "  File \"/x/Ex3.py\", line 12\n    x = 1\nIndentationError: unexpected indent";
    let name = "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 9, in <module>\nNameError: name 'a' is not defined";
    let expected = [(syntax, "NOT JUDGED: your program does not start: line 12"), (name, "expected:     a word")];
    for (errors, expected) in expected {
        let folder = tempdir().unwrap();
        let under_test = program(folder.path(), "Ex3.py", "", errors);
        let report = report(|| {
            let mut run = ServerRun::start_at_port_in_use(free_port(), &under_test);
            let _ = run.program.wait_for_end();
            run.check(false, &ANY, "a word", "none");
        });
        assert!(report.contains(expected), "{report}");
    }
}

/// What it has done before counts.
#[test]
fn a_program_that_ends_later_did_start() {
    let folder = tempdir().unwrap();
    let errors = "Traceback (most recent call last):\n  File \"/x/Ex3.py\", line 9, in <module>\nNameError: name 'mesage' is not defined";
    let under_test = program(folder.path(), "Ex3.py", "Message: ", errors);
    let report = client_report(&under_test);
    assert!(report.contains("expected:     a connection"), "{report}");
}

/// What a program has not said is no sign that its address is a constant.
#[test]
fn a_program_that_ends_without_a_word_is_said_to_have_ended() {
    let folder = tempdir().unwrap();
    let to_no_one = "it connected to no one at 127.0.0.1:";
    for (shown, why) in
        [("", "your program has ended, and has printed nothing"), ("Message: ", "yours may be constants")]
    {
        let report = client_report(&program(folder.path(), "client.sh", shown, ""));
        assert!(report.contains(to_no_one) && report.contains(why), "{report}");
    }
}
