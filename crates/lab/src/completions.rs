//! `cargo lab completions SHELL`: what a shell needs to finish the words of `cargo lab`.
//!
//! To the shell the command is `cargo`, for which it may have completions already. fish adds ours to them. In bash and zsh the last one
//! wins, so there ours are for the word `lab` alone, and hand all other words to those that were there before.

use clap::Command;
use clap_complete::{Shell, generate};
use common::Problem;
use std::io::{self, Write as _};

pub const HOW_TO_INSTALL: &str = "\
To have it in each new terminal, write it into a file that the shell reads:

  bash        cargo lab completions bash > ~/.cargo-lab.bash
              echo '. ~/.cargo-lab.bash' >> ~/.bashrc
  zsh         cargo lab completions zsh > ~/.cargo-lab.zsh
              echo '. ~/.cargo-lab.zsh' >> ~/.zshrc  (after compinit)
  fish        cargo lab completions fish > ~/.config/fish/conf.d/cargo-lab.fish
  PowerShell  cargo lab completions powershell >> $PROFILE";

const IN_BASH: &str = r#"
_cargo_or_lab() {
    if [[ ${COMP_WORDS[1]} == lab ]]; then
        _cargo_lab_words "$@"
    elif declare -F _cargo >/dev/null; then
        _cargo "$@"
    fi
}
complete -F _cargo_or_lab -o bashdefault -o default cargo
"#;

const IN_ZSH: &str = r"
_cargo_without_lab=${_comps[cargo]}
_cargo_or_lab() {
    if [[ ${words[2]} == lab ]]; then
        _cargo_lab_words
    elif [[ -n $_cargo_without_lab && $_cargo_without_lab != _cargo_or_lab ]]; then
        $_cargo_without_lab
    fi
}
compdef _cargo_or_lab cargo
";

/// Prints the script for this shell.
pub fn print(shell: Shell, lab: Command) -> Result<(), Problem> {
    let mut cargo = Command::new("cargo").subcommand(lab.name("lab").bin_name("cargo lab"));
    let mut script = Vec::new();
    generate(shell, &mut cargo, "cargo", &mut script);
    let script = String::from_utf8_lossy(&script);
    let script = match shell {
        Shell::Bash => under_another_name(&script, "\nif [[ \"${BASH_VERSINFO[0]}\"") + IN_BASH,
        Shell::Zsh => under_another_name(&script, "\nif [ \"$funcstack[1]\"") + IN_ZSH,
        _ => script.into_owned(),
    };
    io::stdout().write_all(script.as_bytes()).map_err(Problem::output)
}

/// The script without the end that registers it for `cargo`, and with a name for its function that nobody else has.
fn under_another_name(script: &str, end: &str) -> String {
    let body = script.split(end).next().unwrap_or_default();
    body.replace("#compdef cargo", "").replace("_cargo()", "_cargo_lab_words()")
}
