//! Whether an interface's hardware address is a MAC.

use std::fs;
use std::path::Path;

/// How many bytes a MAC has: IEEE 802.
const MAC_LEN: usize = 6;

/// Whether the hardware address of this interface is a MAC, as far as the system says how long it is: sysfs(5). `pnet_datalink` gives
/// six bytes in any case, the first ones of what is longer (InfiniBand, 20) and more than there is of a tunnel's, which are the four of
/// an IPv4 address.
pub fn has_mac(name: &str) -> bool {
    // There the list of interfaces says it.
    cfg!(windows) || is_mac(&Path::new("/sys/class/net").join(name))
}

fn is_mac(folder: &Path) -> bool {
    let length = fs::read_to_string(folder.join("addr_len")).unwrap_or_default();
    length.trim().parse().map_or(true, |length: usize| length == MAC_LEN)
}

#[cfg(test)]
mod tests {
    use super::is_mac;
    use std::fs;

    #[test]
    fn a_mac_has_six_bytes() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_mac(folder.path()), "the system does not say");
        for (length, expected) in [("6\n", true), ("4\n", false), ("0\n", false), ("20\n", false), ("16\n", false)] {
            fs::write(folder.path().join("addr_len"), length).unwrap();
            assert_eq!(is_mac(folder.path()), expected, "{length}");
        }
    }
}
