//! What the exercises share, so that their `main.rs` can be the lesson and nothing else.
//!
//! | module | what it is for |
//! |---|---|
//! | [`problem`] | an error as three lines that a beginner can act on |
//! | [`address`] | the IP and PORT of the command line, and the addresses behind a name |
//! | [`answer`] | the server's answer, shown as it comes |
//! | [`graceful_close`] | closing a connection so that what was sent arrives |
//! | [`retry`] | which calls have to be made again |
//! | [`text`] | text that came over the network, made safe to show |
//! | [`terminal`] | printing a line, and breaking it before the edge of a terminal |
//! | [`columns`] | rows of text as columns for a terminal |
//! | [`seconds`] | a number of seconds on the command line |
//! | [`interrupt`] | Ctrl-C |
//! | `table` | the lesson's tables, and how they are saved (feature `table`) |
//! | `interfaces` | the addresses of this computer (feature `interfaces`) |
//! | `testing` | a recording peer and a program launcher (feature `testing`) |

pub mod address;
pub mod answer;
pub mod columns;
pub mod graceful_close;
#[cfg(feature = "interfaces")]
pub mod interfaces;
pub mod interrupt;
pub mod problem;
pub mod retry;
pub mod seconds;
#[cfg(feature = "table")]
pub mod table;
pub mod terminal;
#[cfg(feature = "testing")]
pub mod testing;
pub mod text;

pub use answer::Answer;
pub use graceful_close::close_gracefully;
pub use problem::Problem;
pub use terminal::say;
