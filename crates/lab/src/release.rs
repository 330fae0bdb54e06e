//! `cargo lab release DIR`: the repository for the students. Each exercise is a starter; all that they do not have to write is there.

mod repository;

use crate::export::{Files, TOOLS, Version, add_lock, files_of, gather, root, write};
use common::Problem;
use handin::deliverables::names;
use handin::shell;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What is no package: where it stands here, and where in their repository.
const OTHERS: &[(&str, &str)] = &[
    ("Cargo.toml", "Cargo.toml"),
    // `cargo lab check` is made of it.
    ("exercises.toml", "exercises.toml"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("rustfmt.toml", "rustfmt.toml"),
    ("crates/lab/release/README.md", "README.md"),
    ("crates/lab/release/cargo-config.toml", ".cargo/config.toml"),
    ("crates/lab/release/ci.yml", ".github/workflows/ci.yml"),
    ("crates/lab/release/gitattributes", ".gitattributes"),
    ("crates/lab/release/gitignore", ".gitignore"),
    ("session-08/README.md", "session-08/README.md"),
    ("session-08/1-addresses.md", "session-08/1-addresses.md"),
    ("session-08/2-netcat.md", "session-08/2-netcat.md"),
    ("session-08/3-programs.md", "session-08/3-programs.md"),
    ("session-08/4-experiments.md", "session-08/4-experiments.md"),
    ("session-08/5-hand-in.md", "session-08/5-hand-in.md"),
    ("session-08/TROUBLESHOOTING.md", "session-08/TROUBLESHOOTING.md"),
    ("session-08/pictures", "session-08/pictures"),
    // The teacher's own tables may be filled in.
    ("crates/lab/tables/Ex2.txt", "session-08/Ex2.txt"),
    ("crates/lab/tables/IPs.txt", "session-08/IPs.txt"),
];

/// Writes the repository into `folder`, and commits it with `git`. Without `force` nothing is written over; with it, what is written
/// over is listed.
pub fn run(folder: &Path, force: bool, git: bool) -> Result<(), Problem> {
    let mut files = Files::new();
    for (here, there) in OTHERS {
        gather(&root().join(here), Path::new(there), &mut files)?;
    }
    let starters = names().chain(["lab"]);
    let whole = TOOLS.iter().copied().chain(["common", "handin"]);
    for (name, version) in
        starters.map(|name| (name, Version::Starter)).chain(whole.map(|name| (name, Version::Solution)))
    {
        let folder = PathBuf::from("crates").join(name);
        files.extend(files_of(name, version)?.into_iter().map(|(file, content)| (folder.join(file), content)));
    }
    add_lock(&mut files)?;
    write(&files, folder, force)?;
    let shown = shell::path(folder);
    let mut next = format!("the students' repository is in {shown}. Try it: cd {shown} && cargo test -p client\n");
    if git {
        repository::commit(&files, folder)?;
        next += "It is committed. Push it where they can clone it: git remote add origin ADDRESS, git push --set-upstream origin HEAD";
    } else {
        next += "Then give it to them: the same with --git commits it, and you push it where they can clone it.";
    }
    writeln!(io::stdout(), "{next}").map_err(Problem::output)
}
