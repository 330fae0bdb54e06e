//! What a client says, and how it arrives.

use std::future::poll_fn;
use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::ready;
use tokio::io::{AsyncRead as _, ReadBuf};
use tokio::net::TcpStream;

/// How much of a message is kept at most, in bytes.
pub const MAX_KEPT_LEN: usize = 1024;
/// How much one call receives at most, in bytes.
pub const BUFFER_LEN: usize = 16 * 1024;

/// A message: its beginning, and how long it was.
#[derive(Default)]
pub struct Message {
    pub kept: Vec<u8>,
    pub length: u64,
}

impl Message {
    /// What was kept, as text: what is not UTF-8 is U+FFFD, and a character that the limit cut in two is left out.
    pub fn text(&self) -> String {
        let mut text = String::from_utf8_lossy(&self.kept).into_owned();
        let cut = self.length > self.kept.len() as u64 && text.ends_with(char::REPLACEMENT_CHARACTER);
        if cut {
            text.pop();
        }
        text
    }

    /// The next bytes of it have arrived.
    pub fn add(&mut self, bytes: &[u8]) {
        let room = MAX_KEPT_LEN - self.kept.len();
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len() as u64;
    }
}

/// Waits until bytes arrive, and adds them to the message. How many they are; 0 at the end.
pub async fn receive(socket: &mut TcpStream, message: &mut Message) -> io::Result<usize> {
    receive_with(socket, |bytes| message.add(bytes)).await
}

/// Waits until bytes arrive, and gives them to `take`. How many they are; 0 at the end.
///
/// The buffer is there only while bytes are read: a silent client costs no memory for it.
pub async fn receive_with(socket: &mut TcpStream, mut take: impl FnMut(&[u8])) -> io::Result<usize> {
    poll_fn(|context| {
        let mut bytes = [const { MaybeUninit::uninit() }; BUFFER_LEN];
        let mut buffer = ReadBuf::uninit(&mut bytes);
        ready!(Pin::new(&mut *socket).poll_read(context, &mut buffer))?;
        take(buffer.filled());
        Ok(buffer.filled().len()).into()
    })
    .await
}
