//! The manifest of what is exported.

use super::Files;
use std::path::Path;

/// What the root of a workspace says, and an exported folder has no other root than itself.
const ROOT: &str = "# No folder above this one matters to cargo.
[workspace]

[profile.dev]
# Enough for a backtrace with line numbers; the rest makes builds slower and larger.
debug = \"line-tables-only\"
";

/// Without the blocks that only the course's own repository needs: the starter as an example of the solution, and where its releases are.
pub fn without_ours(manifest: &str) -> String {
    let is_ours =
        |block: &str| block.contains("path = \"src/starter.rs\"") || block.contains("[package.metadata.binstall");
    let blocks: Vec<&str> = manifest.split("\n\n").filter(|block| !is_ours(block)).collect();
    blocks.join("\n\n")
}

/// Without the dependencies that only the solution needs: those that none of the files names, as in `use socket2::Socket`. A comment
/// that tells what to type names one as well.
pub fn without_unused(manifest: &str, files: &Files) -> String {
    let [mut sources, mut tests] = [String::new(), String::new()];
    for (name, content) in files {
        let text = String::from_utf8_lossy(content);
        if name.starts_with("tests") {
            tests += &text;
        } else if name.extension().is_some_and(|extension| extension == "rs") {
            tests += text.split_once("#[cfg(test)]").map_or("", |(_, unit_tests)| unit_tests);
            sources += &text;
        }
    }
    let blocks = manifest.split("\n\n").filter_map(|block| {
        let heading = block.lines().find(|line| line.starts_with('[')).unwrap_or_default();
        match heading {
            _ if heading.ends_with("dev-dependencies]") => with_named(block, &tests),
            // The launcher of tests, which the teacher's demo has as well.
            _ if heading.ends_with("dependencies]") => with_named(&block.replace(", \"testing\"]", "]"), &sources),
            _ => Some(block.to_string()),
        }
    });
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// The block with those of its dependencies that the code names, and the comments above these.
fn with_named(block: &str, code: &str) -> Option<String> {
    let (mut kept, mut comments, mut is_empty) = (String::new(), String::new(), true);
    for line in block.lines() {
        let dependency = line.split_once(" = ").filter(|_| !line.starts_with(['#', '['])).map(|(name, _)| name);
        let is_named = |name: &str| code.contains(&format!("{}::", name.replace('-', "_")));
        comments.extend([line, "\n"]);
        if line.starts_with('#') {
            continue;
        }
        if dependency.is_none_or(is_named) {
            kept += &comments;
            is_empty &= dependency.is_none();
        }
        comments.clear();
    }
    (!is_empty).then(|| kept.trim_end().to_string())
}

/// For a folder that is a workspace of its own and has `common` inside.
pub fn on_its_own(manifest: &str) -> String {
    let manifest = manifest.replace("path = \"../common\"", "path = \"common\"");
    format!("{}\n\n{ROOT}", manifest.trim_end())
}

/// Changes the manifest among the files.
pub fn edit(files: &mut Files, change: impl Fn(&str) -> String) {
    if let Some(manifest) = files.get_mut(Path::new("Cargo.toml")) {
        *manifest = change(&String::from_utf8_lossy(manifest)).into_bytes();
    }
}
