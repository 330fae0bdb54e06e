//! What an interface is made of.

use serde::Serialize;
use std::fmt;
#[cfg(unix)]
use std::path::Path;

/// What an interface is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Kind {
    Wire,
    Wifi,
    Loopback,
    /// Made by software: a bridge, a VLAN, the end of a tunnel or of a container.
    Virtual,
    /// The system does not say, as all but Linux.
    Unknown,
}

impl Kind {
    /// The kind that a person may write in the table.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Wire, Self::Wifi, Self::Virtual];
        all.into_iter().find(|kind| kind.to_string().eq_ignore_ascii_case(name))
    }

    /// What Linux tells in the folder `/sys/class/net/NAME`, of which `root` is all but the name.
    ///
    /// `uevent` has `DEVTYPE=wlan` for wifi; older drivers show `wireless` or `phy80211`. Hardware has a link `device`. A modem or
    /// Bluetooth is hardware too, and neither wire nor wifi. Where there is no folder, as on other systems, nothing is known.
    #[cfg(unix)]
    pub fn of(name: impl AsRef<Path>, is_loopback: bool, root: &Path) -> Self {
        let folder = root.join(name);
        let uevent = std::fs::read_to_string(folder.join("uevent")).unwrap_or_default();
        let device_type = uevent.lines().find_map(|line| line.strip_prefix("DEVTYPE="));
        let has = |file: &str| folder.join(file).exists();
        match device_type {
            _ if is_loopback => Self::Loopback,
            _ if !folder.is_dir() => Self::Unknown,
            Some("wlan") => Self::Wifi,
            _ if has("wireless") || has("phy80211") => Self::Wifi,
            _ if !has("device") => Self::Virtual,
            Some("wwan" | "bluetooth") => Self::Unknown,
            _ => Self::Wire,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Wire => "Wire",
            Self::Wifi => "Wifi",
            Self::Loopback => "Loopback",
            Self::Virtual => "Virtual",
            Self::Unknown => "Unknown",
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::Kind;
    use std::fs;

    #[test]
    fn the_kind_is_read_from_the_systems_folder() {
        let root = tempfile::tempdir().unwrap();
        // For each interface its files, or folders where they end in a slash.
        for (name, files) in [
            ("eth0", &[("device/", ""), ("uevent", "INTERFACE=eth0\nIFINDEX=2\n")][..]),
            ("wlan0", &[("device/", ""), ("uevent", "DEVTYPE=wlan\nINTERFACE=wlan0\n")]),
            ("old0", &[("device/", ""), ("wireless/", "")]),
            ("old1", &[("phy80211/", "")]),
            ("br0", &[("uevent", "DEVTYPE=bridge\nINTERFACE=br0\n")]),
            ("veth0", &[]),
            ("wwan0", &[("device/", ""), ("uevent", "DEVTYPE=wwan\n")]),
            ("lo", &[]),
        ] {
            fs::create_dir(root.path().join(name)).unwrap();
            for (file, content) in files {
                let path = root.path().join(name).join(file);
                if file.ends_with('/') { fs::create_dir(path).unwrap() } else { fs::write(path, content).unwrap() }
            }
        }
        for (name, expected) in [
            ("eth0", Kind::Wire),
            ("wlan0", Kind::Wifi),
            ("old0", Kind::Wifi),
            ("old1", Kind::Wifi),
            ("br0", Kind::Virtual),
            ("veth0", Kind::Virtual),
            ("wwan0", Kind::Unknown),
            ("en0", Kind::Unknown),
        ] {
            assert_eq!(Kind::of(name, false, root.path()), expected, "{name}");
        }
        assert_eq!(Kind::of("lo", true, root.path()), Kind::Loopback);
        assert_eq!(Kind::of("lo0", true, root.path()), Kind::Loopback);
    }
}
