//! The configuration of the repository, of the user and of the computer in one: `git config --list -z`.

use std::collections::BTreeSet;

/// Each setting with its value, the one that holds last.
#[derive(Default)]
pub struct Config(Vec<(String, String)>);

impl Config {
    /// Reads it. A setting without a value stands for true: git-config(1).
    pub fn parse(output: &str) -> Self {
        let settings = output.split('\0').filter(|setting| !setting.is_empty());
        Self(settings.map(|setting| setting.split_once('\n').unwrap_or((setting, "true"))).map(owned).collect())
    }

    /// The values of a setting, whose section and last word are in small letters.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).last().copied()
    }

    pub fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| ["true", "yes", "on", "1"].contains(&value.to_lowercase().as_str()))
    }

    /// The names of all filters, which are programs: gitattributes(5).
    pub fn filters(&self) -> BTreeSet<String> {
        self.sections("filter").map(|(name, _)| name.to_string()).collect()
    }

    /// The remote repositories with an address, in their order. Their names are nothing but names in a command: a stranger's
    /// configuration may name one like an option or an address of a program.
    pub fn remotes(&self) -> Vec<&str> {
        let is_plain = |name: &str| {
            !name.starts_with('-')
                && name.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c))
                && !name.is_empty()
        };
        let with_address = self.sections("remote").filter(|(_, key)| ["url", "pushurl"].contains(key));
        let mut names = Vec::new();
        for (name, _) in with_address.filter(|(name, _)| is_plain(name)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Of all settings `SECTION.NAME.KEY` the name and the key.
    fn sections(&self, section: &str) -> impl Iterator<Item = (&str, &str)> {
        let begin = format!("{section}.");
        self.0.iter().filter_map(move |(setting, _)| setting.strip_prefix(&begin)?.rsplit_once('.'))
    }
}

fn owned((key, value): (&str, &str)) -> (String, String) {
    (key.to_string(), value.to_string())
}
