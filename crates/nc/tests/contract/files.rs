//! Large files through two netcats: every byte, both ways, in bounded memory.

#[cfg(target_os = "linux")]
use crate::support::netcat::client;
use crate::support::netcat::listening_as;
use assert_cmd::cargo::cargo_bin;
use common::testing::Program;
use std::fs;
#[cfg(target_os = "linux")]
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
#[cfg(target_os = "linux")]
use std::time::Duration;

/// More than all the buffers on the way hold.
const LENGTH: usize = 32 * 1024 * 1024;

/// A folder of its own for one test; it is removed when the test has passed.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("nc-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Bytes of all values, different for each `seed`: from a generator by Lehmer (Park and Miller, 1988).
    fn fill(&self, name: &str, seed: u32, length: usize) {
        let mut state = u64::from(seed);
        let mut next = || {
            state = state * 48_271 % 2_147_483_647;
            state.to_le_bytes()[1]
        };
        fs::write(self.0.join(name), (0..length).map(|_| next()).collect::<Vec<u8>>()).unwrap();
    }

    /// A netcat between two files, after this shell command.
    fn netcat(&self, prepare: &str, input: &str, output: &str) -> Command {
        let mut command = Command::new("sh");
        let script = format!(r#"{prepare} exec "$0" "$@" <{input} >{output}"#);
        command.args(["-c", &script]).arg(cargo_bin!("nc")).current_dir(&self.0);
        command
    }

    /// Whether the two files are the same.
    fn same(&self, one: &str, other: &str) {
        let (one, other) = (fs::read(self.0.join(one)).unwrap(), fs::read(self.0.join(other)).unwrap());
        assert_eq!(one.len(), other.len());
        assert!(one == other, "the bytes are not the same");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Sends `question` to a netcat that listens and sends `answer`; both must arrive.
fn check(name: &str, question: usize, answer: usize) {
    let folder = Folder::new(name);
    folder.fill("question", 1, question);
    folder.fill("answer", 2, answer);
    let mut listening = folder.netcat("", "answer", "question.copy");
    listening.args(["-N", "-l", "127.0.0.1", "0"]);
    let (mut listening, port) = listening_as(listening);
    let mut connecting = folder.netcat("", "question", "answer.copy");
    connecting.args(["-N", "127.0.0.1", &port.to_string()]);
    let mut connecting = Program::start(connecting).unwrap();
    for nc in [&mut connecting, &mut listening] {
        assert!(nc.wait_for_end().unwrap().success(), "{}", nc.stderr());
    }
    folder.same("question", "question.copy");
    folder.same("answer", "answer.copy");
}

#[test]
fn large_files_both_ways_at_once_arrive_whole() {
    check("both", LENGTH, LENGTH);
}

/// The other side's end comes first, and it goes on reading.
#[test]
fn a_large_file_arrives_whole_though_the_other_side_has_nothing_to_say() {
    check("one", LENGTH, 0);
}

/// 96 MiB of address space are enough for the program and its threads' stacks, not for an endless file that nobody takes.
#[test]
#[cfg(target_os = "linux")]
fn the_memory_does_not_grow_while_the_other_side_does_not_read() {
    let folder = Folder::new("memory");
    let mut command = folder.netcat("ulimit -v 98304;", "/dev/zero", "/dev/null");
    command.args(["-l", "127.0.0.1", "0"]);
    let (_nc, port) = listening_as(command);
    let mut first = client(port);
    first.read_exact(&mut [0; 1]).unwrap();
    // The next one waits in vain. Meanwhile a program that reads ahead has read gigabytes, and is gone.
    let mut second = client(port);
    second.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(second.read(&mut [0; 1]).is_err());
    let length = io::copy(&mut first.take(LENGTH as u64), &mut io::sink()).unwrap();
    assert_eq!(length, LENGTH as u64);
}
