//! Names of modules and interpreters.

/// Modules of this lesson that come with the languages. Who has nearly written one of them has made a mistake in writing, and must not
/// be told to install something of that name.
const STANDARD: [&str; 30] = [
    "argparse",
    "asyncio",
    "datetime",
    "dgram",
    "errno",
    "fcntl",
    "ipaddress",
    "IO::Socket",
    "IO::Socket::INET",
    "json",
    "logging",
    "math",
    "net",
    "os",
    "platform",
    "queue",
    "random",
    "re",
    "readline",
    "select",
    "selectors",
    "signal",
    "socket",
    "socketserver",
    "string",
    "struct",
    "subprocess",
    "sys",
    "threading",
    "time",
];

/// How long a name must be before one letter more or less is taken for a mistake.
const MIN_LEN: usize = 4;

/// Whether it is nearly the name of a standard module: in other letters' case, or with one letter more, less, wrong or exchanged.
pub fn is_nearly_standard(name: &str) -> bool {
    STANDARD.iter().any(|standard| {
        name.eq_ignore_ascii_case(standard) || (standard.len() >= MIN_LEN && is_one_mistake_away(name, standard))
    })
}

fn is_one_mistake_away(written: &str, meant: &str) -> bool {
    let (written, meant): (Vec<char>, Vec<char>) = (written.chars().collect(), meant.chars().collect());
    let begin = written.iter().zip(&meant).take_while(|(one, other)| one == other).count();
    let (written, meant) = (&written[begin..], &meant[begin..]);
    match (written, meant) {
        ([], [_]) | ([_], []) => true,
        ([], _) | (_, []) => false,
        ([_, rest @ ..], _) if rest == meant => true,
        (_, [_, rest @ ..]) if rest == written => true,
        ([_, one @ ..], [_, other @ ..]) if one == other => true,
        ([a, b, one @ ..], [c, d, other @ ..]) => (a, b) == (d, c) && one == other,
        _ => false,
    }
}

/// Programs that run other programs, without their versions.
const INTERPRETERS: [&str; 24] = [
    "bash", "bun", "deno", "dotnet", "expect", "fish", "go", "java", "julia", "kotlin", "ksh", "lua", "luajit", "mono",
    "node", "nodejs", "perl", "php", "pwsh", "pypy", "python", "Rscript", "ruby", "zsh",
];

/// Whether it is the name of an interpreter, as `python3.9`.
pub fn is_interpreter(name: &str) -> bool {
    INTERPRETERS.contains(&without_version(name))
}

/// Whether a word of a command is an interpreter of Python, as `/usr/bin/python3.9`.
pub fn is_python(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word).to_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    ["py", "pypy", "python"].contains(&without_version(name))
}

fn without_version(name: &str) -> &str {
    name.trim_end_matches(|next: char| next.is_ascii_digit() || next == '.')
}

/// How an interpreter is installed.
pub fn install_interpreter(name: &str) -> String {
    let package = match name {
        "node" => "nodejs",
        "java" => "default-jdk",
        "php" => "php-cli",
        "lua" => "lua5.4",
        "go" => "golang",
        "Rscript" => "r-base-core",
        other => other,
    };
    if cfg!(target_os = "linux") {
        format!("sudo apt install {package}   (or what your system has instead of apt)")
    } else if cfg!(target_os = "macos") {
        format!("brew install {name}")
    } else {
        format!("install {name}")
    }
}

/// The package that has a Python module, where it has another name.
pub fn python_package(module: &str) -> &str {
    match module {
        "bs4" => "beautifulsoup4",
        "Crypto" => "pycryptodome",
        "cv2" => "opencv-python",
        "dotenv" => "python-dotenv",
        "PIL" => "Pillow",
        "serial" => "pyserial",
        "sklearn" => "scikit-learn",
        "yaml" => "PyYAML",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_interpreter, is_nearly_standard, is_python};

    #[test]
    fn mistakes_in_writing_are_no_modules() {
        for name in
            ["sokcet", "socke", "sockets", "Socket", "SOCKET", "threding", "tine", "Sys", "jason", "IO::Socket::Inet"]
        {
            assert!(is_nearly_standard(name), "{name}");
        }
        for name in ["termcolor", "colorama", "rich", "scapy", "colored", "yaml", "ss", "pysocket", "websocket", "cs"] {
            assert!(!is_nearly_standard(name), "{name}");
        }
    }

    #[test]
    fn interpreters_have_versions() {
        for name in ["python", "python3", "python3.9", "perl5.36", "node", "lua5.4", "pypy3"] {
            assert!(is_interpreter(name), "{name}");
        }
        for name in ["./client", "ech", "nc", "3.9", ""] {
            assert!(!is_interpreter(name), "{name}");
        }
    }
    #[test]
    fn python_is_known_by_its_name_and_not_by_a_folders() {
        for word in ["python3", "/usr/bin/python3.9", "pypy", "PY.EXE", "C:\\Python\\python.exe"] {
            assert!(is_python(word), "{word}");
        }
        for word in ["/home/happy/copy/client", "/opt/python/bin/node", "Python.java", "Ex3.py"] {
            assert!(!is_python(word), "{word}");
        }
    }
}
