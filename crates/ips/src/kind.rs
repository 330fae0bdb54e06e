//! What an interface is made of.

use serde::Serialize;
use std::fmt;
#[cfg(not(windows))]
use std::{fs, path::Path};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Kind {
    Wire,
    Wifi,
    Loopback,
    /// Made by software: a bridge, a VLAN, the end of a tunnel or of a container.
    Virtual,
    /// The system does not say, as macOS.
    Unknown,
}

impl Kind {
    /// The kind that a person may write in the table.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Wire, Self::Wifi, Self::Virtual];
        all.into_iter().find(|kind| kind.to_string().eq_ignore_ascii_case(name))
    }

    /// The kind of the interface of this name.
    pub fn of(name: &str, is_loopback: bool) -> Self {
        if is_loopback { Self::Loopback } else { Self::of_system(name) }
    }

    #[cfg(windows)]
    fn of_system(name: &str) -> Self {
        crate::pnet_datalink::kind_of(name)
    }

    /// Linux describes each interface in a folder of its own: sysfs(5).
    #[cfg(not(windows))]
    fn of_system(name: &str) -> Self {
        Self::of_device(&Path::new("/sys/class/net").join(name))
    }

    /// `uevent` has `DEVTYPE=wlan` for wifi; older drivers show `wireless` or `phy80211`. Hardware has a link `device`. A modem or
    /// Bluetooth is hardware too, and neither wire nor wifi. Where there is no folder, as on other systems, nothing is known.
    #[cfg(not(windows))]
    fn of_device(folder: &Path) -> Self {
        let uevent = fs::read_to_string(folder.join("uevent")).unwrap_or_default();
        let device_type = uevent.lines().find_map(|line| line.strip_prefix("DEVTYPE="));
        let has = |file: &str| folder.join(file).exists();
        match device_type {
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
        // By the names that they have here.
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::Kind;
    use std::fs;

    #[test]
    fn the_kind_is_read_from_the_systems_folder() {
        let root = tempfile::tempdir().unwrap();
        // For each interface its files, or folders where they end in a slash.
        for (name, expected, files) in [
            ("eth0", Kind::Wire, &[("device/", ""), ("uevent", "INTERFACE=eth0\nIFINDEX=2\n")][..]),
            ("wlan0", Kind::Wifi, &[("device/", ""), ("uevent", "DEVTYPE=wlan\nINTERFACE=wlan0\n")]),
            ("old0", Kind::Wifi, &[("device/", ""), ("wireless/", "")]),
            ("old1", Kind::Wifi, &[("phy80211/", "")]),
            ("br0", Kind::Virtual, &[("uevent", "DEVTYPE=bridge\nINTERFACE=br0\n")]),
            ("veth0", Kind::Virtual, &[]),
            ("wwan0", Kind::Unknown, &[("device/", ""), ("uevent", "DEVTYPE=wwan\n")]),
        ] {
            let folder = root.path().join(name);
            fs::create_dir(&folder).unwrap();
            for (file, content) in files {
                let path = folder.join(file);
                if file.ends_with('/') { fs::create_dir(path).unwrap() } else { fs::write(path, content).unwrap() }
            }
            assert_eq!(Kind::of_device(&folder), expected, "{name}");
        }
        assert_eq!(Kind::of_device(&root.path().join("en0")), Kind::Unknown);
        assert_eq!(Kind::of("lo0", true), Kind::Loopback);
    }
}
