//! Tables as students may write them, right and wrong, in files: `tests/data/tables`. Each begins with a line of its own, in which
//! stand the deliverable, its state and, behind a colon, a part of what is said about it: `IPs wrong: line 5: the row`.

use super::super::Folder;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// How often each state has to be there: a folder that is not found would be no mistake else.
const FEWEST: [(&str, usize); 3] = [("done", 30), ("wrong", 30), ("empty", 5)];

#[test]
fn every_table_has_the_verdict_of_its_first_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tables");
    let (mut states, mut wrong) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let end = bytes.iter().position(|&byte| byte == b'\n').unwrap();
        let first = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let (verdict, part) = first.split_once(": ").unwrap_or((&first, ""));
        let (name, state) = verdict.split_once(' ').unwrap();
        let item = Folder::new(&[]);
        item.write(&format!("session-08/{name}.txt"), &bytes[end + 1..]);
        let item = item.deliverable(name);
        if item["state"] != state || !says(&item, part) {
            wrong.push(format!("{}: {first}\n{item:#}", path.display()));
        }
        states.push(state.to_string());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (state, fewest) in FEWEST {
        let count = states.iter().filter(|own| *own == state).count();
        assert!(count >= fewest, "{count} tables are {state}");
    }
}

/// Whether a finding has these words, with its line as it is shown.
fn says(item: &Value, part: &str) -> bool {
    let findings = item["findings"].as_array().unwrap();
    let shown = findings.iter().map(|finding| {
        let line = finding["line"].as_u64().map(|line| format!("line {line}: ")).unwrap_or_default();
        line + finding["message"].as_str().unwrap()
    });
    shown.into_iter().any(|finding| finding.contains(part))
}
