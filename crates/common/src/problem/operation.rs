//! What was being done when something failed.

use std::net::SocketAddr;
use std::path::PathBuf;

/// An operation, and its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// Creating a socket.
    Create,
    /// Setting an option of a socket, a time limit say.
    Configure,
    /// Binding a socket to this address, or listening there.
    Bind(SocketAddr),
    /// Accepting a client.
    Accept,
    /// Connecting to this server.
    Connect(SocketAddr),
    /// Sending to it.
    Send(SocketAddr),
    /// Receiving from it.
    Receive(SocketAddr),
    /// Closing the connection to it, after everything was sent.
    Close(SocketAddr),
    /// Serving this client.
    Serve(SocketAddr),
    /// Looking up the addresses of this name.
    Resolve(String),
    /// Reading standard input.
    ReadInput,
    /// Writing to standard output: what else a program would show is not seen either.
    WriteOutput,
    /// Reading this file.
    ReadFile(PathBuf),
    /// Writing this file.
    WriteFile(PathBuf),
    /// Something else, which the problem's first line names.
    Other,
}
