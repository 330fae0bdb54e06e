//! Whose a folder is: root gives the program's folder to the user that the program is.

use nix::fcntl::AtFlags;
use nix::sys::stat::fstat;
use nix::unistd::{Gid, Uid, fchown, fchownat};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// How many files are handed over at most, and how deep they lie: no student's folder comes near that.
const MAX_FILES: usize = 20_000;
const MAX_DEPTH: usize = 40;

/// Gives the folder, and all that is in it, to this user. No link is followed. What cannot be given stays as it is.
pub fn hand_over(folder: &Path, uid: u32) {
    let mut left = MAX_FILES;
    give(folder, Uid::from_raw(uid), Gid::from_raw(uid), MAX_DEPTH, &mut left);
}

fn give(path: &Path, uid: Uid, gid: Gid, depth: usize, left: &mut usize) {
    let _ = fchownat(nix::fcntl::AT_FDCWD, path, Some(uid), Some(gid), AtFlags::AT_SYMLINK_NOFOLLOW);
    let is_folder = path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
    if !is_folder || depth == 0 {
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        if *left == 0 {
            return;
        }
        *left -= 1;
        give(&entry.path(), uid, gid, depth - 1, left);
    }
}

/// Gives a new folder the owner and the permissions of this one.
pub fn copy(from: &File, to: &Path) {
    let Ok(stat) = fstat(from) else { return };
    if let Ok(folder) = File::open(to) {
        let _ = fchown(&folder, Some(Uid::from_raw(stat.st_uid)), Some(Gid::from_raw(stat.st_gid)));
        let _ = folder.set_permissions(Permissions::from_mode(stat.st_mode & 0o7777));
    }
}
