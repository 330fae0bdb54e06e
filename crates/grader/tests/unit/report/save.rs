use crate::report::save::save;
use std::fs;
use std::path::Path;

#[test]
fn a_report_takes_the_place_of_the_old_one_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("grades.csv");
    save(&path, b"old").unwrap();
    save(&path, b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn where_a_report_cannot_be_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let problem = save(&folder.path().join("none/grades.csv"), b"new").unwrap_err();
    assert!(problem.to_string().contains("create its folder first"), "{problem}");
    let problem = save(folder.path(), b"new").unwrap_err();
    assert!(problem.to_string().contains("that is a folder"), "{problem}");
}

/// A link stays one, and `/dev/null` a device.
#[cfg(unix)]
#[test]
fn what_is_no_plain_file_keeps_its_kind() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    save(&link, b"new").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(&file).unwrap(), b"new");
    save(Path::new("/dev/null"), b"new").unwrap();
    assert!(!Path::new("/dev/null").metadata().unwrap().is_file());
}
