//! The students' repository as git has it: a commit that a teacher can push.

use crate::export::Files;
use common::{Problem, text};
use handin::shell;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Git's own variables that would lead it to another repository, as inside a hook: githooks(5).
const ELSEWHERE: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

const MESSAGE: &str = "Session 08: the exercises, to be done";

/// Commits exactly these files of `folder`, which becomes a repository if it is none yet.
///
/// What a teacher's git ignores everywhere, a `*.txt` or a lock file, is committed as well: it belongs to the exercises.
pub fn commit(files: &Files, folder: &Path) -> Result<(), Problem> {
    if !folder.join(".git").exists() {
        // On the branch that the teacher's git begins with: an empty bare repository made by it begins with the same one.
        git(folder, &["init", "--quiet"], "")?;
    }
    let names: Vec<String> = files.keys().map(|name| shell::slashes(name)).collect();
    let listed = ["--pathspec-from-file=-", "--pathspec-file-nul"];
    git(folder, &[&["--literal-pathspecs", "add", "--force"][..], &listed].concat(), &names.join("\0"))?;
    if git(folder, &["diff", "--cached", "--quiet"], "").is_err() {
        git(folder, &["commit", "--quiet", "--message", MESSAGE], "")?;
    }
    Ok(())
}

/// Runs git in the folder, as the teacher has set it up.
fn git(folder: &Path, arguments: &[&str], input: &str) -> Result<(), Problem> {
    let failed = |cause: String, next: &str| {
        Problem::new(format_args!("git has no commit of {} yet", shell::path(folder)), cause, next)
    };
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    for name in ELSEWHERE {
        command.env_remove(name);
    }
    let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(|e| failed(e.to_string(), "install git, or leave --git out: the files are there"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // Where git ends before it has read all, its own error says more than the pipe's.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(|e| failed(e.to_string(), "try it again"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let fatal =
        said.lines().find(|line| line.starts_with("fatal: ")).or(said.lines().next()).unwrap_or("it did not say why");
    let next = if said.contains("user.email") {
        "tell git who you are: git config --global user.name \"Your Name\", and the same with user.email"
    } else {
        "look at it there: git status; the files themselves are written"
    };
    Err(failed(text::escape_line(fatal.as_bytes()), next))
}
