//! The files that a program sees: those of the system, its interpreter's, its own, and none else.

use super::failure::{Failure, Trying as _};
use super::plan::Plan;
use super::visible::Visible;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::unistd::pivot_root;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

/// How many files may be in memory.
const MAX_FILES: u64 = 20_000;

/// Where the old root is while the new one is built.
const OLD: &str = "/.old";

/// What a program expects in /dev.
const DEVICES: [&str; 5] = ["null", "zero", "full", "random", "urandom"];

/// From now on, what is mounted here is mounted in these namespaces alone.
pub fn make_private() -> Result<(), Failure> {
    let flags = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(None::<&str>, "/", None::<&str>, flags, None::<&str>).trying("keeping mounts to oneself")
}

/// Shows the processes of this namespace.
pub fn mount_proc(place: &str) -> Result<(), Failure> {
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV | MsFlags::MS_NOEXEC;
    mount(Some("proc"), place, Some("proc"), flags, None::<&str>).trying(format_args!("mounting {place}"))
}

/// Mounts a folder in memory that takes so many bytes.
pub fn mount_tmpfs(place: &Path, limit: u64) -> Result<(), Failure> {
    let options = format!("size={limit},nr_inodes={MAX_FILES},mode=0755");
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
    let done = mount(Some("tmpfs"), place, Some("tmpfs"), flags, Some(&*options));
    done.trying("mounting a folder in memory")
}

/// Builds the new root, and goes there.
pub fn build(plan: &Plan, visible: &Visible) -> Result<(), Failure> {
    make_private()?;
    let base = Path::new("/tmp");
    mount_tmpfs(base, plan.limits.disk)?;
    fs::create_dir(base.join(&OLD[1..])).trying("making a folder for the old root")?;
    // What was mounted over /tmp a moment ago is the root now, and the old /tmp can be seen again in the old root.
    pivot_root(base, &base.join(&OLD[1..])).trying("changing the root")?;

    for folder in visible.system.iter().map(Path::new) {
        let old = in_old_root(folder);
        match fs::read_link(&old) {
            Ok(target) => symlink(target, folder).trying("making a link")?,
            Err(_) if old.is_dir() => bind(&old, folder)?,
            Err(_) => {}
        }
    }
    for (source, place) in &visible.read_only {
        bind(&in_old_root(source), place)?;
    }
    for folder in ["/dev", "/proc", "/tmp"] {
        make_folder(Path::new(folder))?;
    }
    fs::set_permissions("/tmp", fs::Permissions::from_mode(0o1777)).trying("opening /tmp")?;
    mount_proc("/proc")?;
    close_for_writing()?;
    if Path::new(&in_old_root(Path::new("/sys"))).is_dir() {
        bind(&in_old_root(Path::new("/sys")), Path::new("/sys"))?;
    }
    for name in DEVICES {
        let place = Path::new("/dev").join(name);
        bind(&in_old_root(&place), &place)?;
    }
    for (link, target) in [("fd", "self/fd"), ("stdin", "self/fd/0"), ("stdout", "self/fd/1"), ("stderr", "self/fd/2")]
    {
        symlink(Path::new("/proc").join(target), Path::new("/dev").join(link)).trying("making a link")?;
    }
    bind(&in_old_root(&plan.scratch), &plan.scratch)?;
    // It may write there, and who looks sees that it has.
    for folder in &plan.guarded {
        if make_folder(folder).is_ok() && is_in_memory(folder) {
            let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o777));
        }
    }
    umount2(OLD, MntFlags::MNT_DETACH).trying("leaving the old root")?;
    fs::remove_dir(OLD).trying("leaving the old root")
}

/// Whether it is a folder of the new root itself.
fn is_in_memory(folder: &Path) -> bool {
    let device = |path: &Path| path.metadata().map(|metadata| metadata.dev()).ok();
    device(folder) == device(Path::new("/"))
}

/// The same file, seen from the new root.
fn in_old_root(path: &Path) -> PathBuf {
    Path::new(OLD).join(path.strip_prefix("/").unwrap_or(path))
}

/// Makes a file or a folder visible at another place.
fn bind(source: &Path, place: &Path) -> Result<(), Failure> {
    if source.is_dir() {
        make_folder(place)?;
    } else {
        place.parent().map_or(Ok(()), make_folder)?;
        File::create(place).trying(format_args!("making {}", place.display()))?;
    }
    let flags = MsFlags::MS_BIND | MsFlags::MS_REC;
    mount(Some(source), place, None::<&str>, flags, None::<&str>).trying(format_args!("showing {}", place.display()))
}

fn make_folder(place: &Path) -> Result<(), Failure> {
    fs::create_dir_all(place).trying(format_args!("making {}", place.display()))
}

/// Makes all that is mounted up to now read-only, but for the new root and what belongs to the old one. What else a mount does not allow
/// has to be said again: mount(2), `MS_REMOUNT | MS_BIND`.
fn close_for_writing() -> Result<(), Failure> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").trying("reading the list of mounts")?;
    for line in mounts.lines() {
        // proc(5): `36 35 98:0 /mnt1 /mnt2 rw,noatime …`: the fifth is the place, the sixth its options.
        let mut fields = line.split(' ').skip(4);
        let (Some(place), Some(options)) = (fields.next(), fields.next()) else { continue };
        let place = unescape(place);
        let is_ours = !["/", "/proc", OLD].contains(&&*place) && !place.starts_with(&format!("{OLD}/"));
        if is_ours && !options.split(',').any(|option| option == "ro") {
            let flags = flags(options) | MsFlags::MS_BIND | MsFlags::MS_REMOUNT | MsFlags::MS_RDONLY;
            mount(None::<&str>, &*place, None::<&str>, flags, None::<&str>)
                .trying(format_args!("closing {place} for writing"))?;
        }
    }
    Ok(())
}

fn flags(options: &str) -> MsFlags {
    let flag = |option| match option {
        "nosuid" => MsFlags::MS_NOSUID,
        "nodev" => MsFlags::MS_NODEV,
        "noexec" => MsFlags::MS_NOEXEC,
        "noatime" => MsFlags::MS_NOATIME,
        "nodiratime" => MsFlags::MS_NODIRATIME,
        "relatime" => MsFlags::MS_RELATIME,
        _ => MsFlags::empty(),
    };
    options.split(',').map(flag).collect()
}

/// Spaces and the like are written as three octal digits there.
fn unescape(field: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(field.to_string(), |field, (escape, character)| field.replace(escape, character))
}
