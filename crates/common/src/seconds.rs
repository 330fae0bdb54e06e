//! A number of seconds on the command line.

use std::time::Duration;

/// The longest time that an option accepts: a day, in seconds.
const MAX_SECONDS: f64 = 86_400.0;

/// Reads a number of seconds, `5` or `0.5`: more than 0, at most a day (86,400).
///
/// Made for clap's `value_parser`, which puts the option's name in front of the message.
///
/// ```
/// use std::time::Duration;
///
/// assert_eq!(common::seconds::parse("0.5"), Ok(Duration::from_millis(500)));
/// assert!(common::seconds::parse("soon").is_err());
/// ```
///
/// # Errors
///
/// What is allowed, as a text.
pub fn parse(text: &str) -> Result<Duration, String> {
    text.parse()
        .ok()
        .filter(|seconds| (0.001..=MAX_SECONDS).contains(seconds))
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("write a number of seconds from 0.001 to {MAX_SECONDS}, for example 5 or 0.5"))
}
