//! No link of a page is dead: files and headings, here and in a release. Nothing is fetched.

use super::markdown::Page;
use crate::release::release;
use crate::support::workspace::root;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pages below a folder, which git knows or would take.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "*.md"])
        .current_dir(folder)
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    listed.lines().map(|name| folder.join(name)).filter(|path| path.is_file()).collect()
}

/// What is wrong with a link of this page, if anything is.
fn fault(page: &Path, link: &str) -> Option<String> {
    if link.starts_with("https://") {
        return None;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() { page.to_path_buf() } else { page.with_file_name(file) };
    if !target.exists() {
        return Some(format!("{}: {link}: there is no such file", page.display()));
    }
    let has_anchor = || Page::read(&fs::read_to_string(&target).unwrap()).anchors.contains(anchor);
    (!anchor.is_empty() && !has_anchor()).then(|| format!("{}: {link}: there is no such heading", page.display()))
}

/// All faults of all links, and how many links there are.
fn faults(folder: &Path) -> (Vec<String>, usize) {
    let (mut faults, mut count) = (Vec::new(), 0);
    for page in pages(folder) {
        let links = Page::read(&fs::read_to_string(&page).unwrap()).links;
        count += links.len();
        // An exercise's starter is a page of the release, and looked at there.
        let is_here = !page.ends_with("crates/lab/release/README.md");
        faults.extend(links.iter().filter(|_| is_here).filter_map(|link| fault(&page, link)));
    }
    (faults, count)
}

#[test]
fn no_link_is_dead() {
    let (dead, count) = faults(&root());
    assert!(dead.is_empty(), "{dead:#?}");
    assert!(count > 100, "only {count} links: are these all pages?");
}

#[test]
fn no_link_of_a_release_is_dead() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    assert!(Command::new("git").arg("init").arg("-q").current_dir(folder.path()).status().unwrap().success());
    let (dead, count) = faults(folder.path());
    assert!(dead.is_empty(), "{dead:#?}");
    assert!(count > 50, "only {count} links: are these all pages?");
}

#[test]
fn a_dead_link_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.md");
    fs::write(&page, "# A heading\n").unwrap();
    for (link, is_dead) in [
        ("page.md", false),
        ("#a-heading", false),
        ("page.md#a-heading", false),
        ("https://www.rust-lang.org", false),
        ("#another-heading", true),
        ("other.md", true),
        ("http://insecure.example", true),
    ] {
        assert_eq!(fault(&page, link).is_some(), is_dead, "{link}");
    }
}
