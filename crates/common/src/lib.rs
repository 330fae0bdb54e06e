//! What the exercises share, so that their `main.rs` can be the lesson and nothing else.
//!
//! | module | what it is for |
//! |---|---|
//! | [`problem`] | an error as three lines that a beginner can act on |
//! | [`address`] | the IP and PORT of the command line, and the addresses behind a name |
//! | [`answer`] | the server's answer, shown as it comes |
//! | [`closing`] | what happens to a message when one side closes early |
//! | [`text`] | text that came over the network, made safe to show |
//! | [`terminal`] | lines that do not reach the edge of a terminal |
//! | [`ladder`] | `--explain`: every socket call as it happens |
//! | [`seconds`] | a number of seconds on the command line |
//! | [`interrupt`] | Ctrl-C |
//! | `table` | the lesson's tables, and how they are saved (feature `table`) |
//! | `interfaces` | the addresses of this computer (feature `interfaces`) |
//! | `testing` | a recording peer and a program launcher (feature `testing`) |

pub mod address;
pub mod answer;
pub mod closing;
#[cfg(feature = "interfaces")]
pub mod interfaces;
pub mod interrupt;
pub mod ladder;
pub mod problem;
pub mod seconds;
#[cfg(feature = "table")]
pub mod table;
pub mod terminal;
#[cfg(feature = "testing")]
pub mod testing;
pub mod text;

pub use answer::Answer;
pub use ladder::Ladder;
pub use problem::Problem;
