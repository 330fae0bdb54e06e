//! Load for a server, within bounds: `scripts/bench server` starts it. It prints one JSON object.
//!
//! ```text
//! load PORT steady N C      N connections, C of them at once
//! load PORT burst K         K connections at the same moment
//! load PORT silent M N      M silent connections, and beside them N others, one after another
//! load PORT class M K       M silent connections, and beside them K at the same moment
//! load PORT hold M          M silent connections, until standard input ends
//! ```

use common::{Problem, problem};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::{runtime, task, time};

const MESSAGE: &[u8] = b"HELLO FROM THE CLIENT!!!";
const GREETING: &[u8] = b"Hello from the teacher's server";
/// How long a client waits for its answer.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How many connections there may be at once, and in all.
const MAX_AT_ONCE: usize = 20_000;
const MAX_CONNECTIONS: usize = 1_000_000;

/// How long each answered client took, in microseconds, and how many were not answered.
#[derive(Default)]
struct Tally {
    times: Vec<f64>,
    failed: usize,
}

impl Tally {
    fn add(&mut self, visit: &io::Result<Duration>) {
        match visit {
            Ok(time) => self.times.push(time.as_secs_f64() * 1e6),
            Err(_) => self.failed += 1,
        }
    }

    fn report(mut self, begin: Instant) -> Value {
        self.times.sort_by(f64::total_cmp);
        let percentile = |percent: usize| {
            let place = (self.times.len() * percent).div_ceil(100).saturating_sub(1);
            self.times.get(place).map(|time| (time * 10.0).round() / 10.0)
        };
        json!({
            "served": self.times.len(), "failed": self.failed, "seconds": begin.elapsed().as_secs_f64(),
            "median": percentile(50), "p90": percentile(90), "p99": percentile(99), "worst": percentile(100),
        })
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    problem::exit_code(run(&words).map_err(|e| {
        Problem::new(
            "the load could not be made",
            e,
            "the top of load.rs says what there is, and how many there may be",
        )
    }))
}

fn run(words: &[&str]) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (port, words) = words.split_first().ok_or("which port?")?;
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse()?));
    raise_limit();
    let event_loop = runtime::Builder::new_current_thread().enable_all().build()?;
    event_loop.block_on(async {
        let at_once = |word: &str| bounded(word, MAX_AT_ONCE);
        let report = match *words {
            ["steady", all, lanes] => steady(server, bounded(all, MAX_CONNECTIONS)?, at_once(lanes)?).await,
            ["burst", visits] => burst(server, at_once(visits)?).await,
            ["silent", silent, visits] => {
                let _silent = connect(server, at_once(silent)?).await?;
                steady(server, bounded(visits, MAX_CONNECTIONS)?, 1).await
            }
            ["class", silent, visits] => {
                let _silent = connect(server, at_once(silent)?).await?;
                burst(server, at_once(visits)?).await
            }
            ["hold", silent] => {
                let held = connect(server, at_once(silent)?).await?;
                writeln!(io::stdout(), "{}", json!({ "held": held.len() }))?;
                io::stdin().read_to_end(&mut Vec::new())?;
                return Ok(());
            }
            _ => return Err("no such load".into()),
        };
        Ok(writeln!(io::stdout(), "{report}")?)
    })
}

fn bounded(word: &str, most: usize) -> Result<usize, Box<dyn Error + Send + Sync>> {
    let number = word.parse()?;
    if (1..=most).contains(&number) { Ok(number) } else { Err(format!("{word} is not from 1 to {most}").into()) }
}

/// The lesson's client: connects, sends, receives to the end, closes.
async fn visit(server: SocketAddr) -> io::Result<Duration> {
    let begin = Instant::now();
    let talk = async {
        let mut socket = TcpStream::connect(server).await?;
        socket.write_all(MESSAGE).await?;
        let mut answer = Vec::with_capacity(64);
        socket.read_to_end(&mut answer).await?;
        if answer == GREETING { Ok(begin.elapsed()) } else { Err(io::ErrorKind::InvalidData.into()) }
    };
    time::timeout(TIMEOUT, talk).await?
}

/// So many visits, in so many lanes side by side.
async fn steady(server: SocketAddr, visits: usize, lanes: usize) -> Value {
    let begin = Instant::now();
    let running: Vec<_> = (0..lanes)
        .map(|lane| {
            task::spawn(async move {
                let mut tally = Tally::default();
                for _ in (lane..visits).step_by(lanes) {
                    tally.add(&visit(server).await);
                }
                tally
            })
        })
        .collect();
    let mut all = Tally::default();
    for lane in running {
        if let Ok(tally) = lane.await {
            all.times.extend(tally.times);
            all.failed += tally.failed;
        }
    }
    all.report(begin)
}

/// So many visits at the same moment.
async fn burst(server: SocketAddr, visits: usize) -> Value {
    steady(server, visits, visits).await
}

/// So many connections that stay silent.
async fn connect(server: SocketAddr, connections: usize) -> io::Result<Vec<TcpStream>> {
    let mut connected = Vec::new();
    for _ in 0..connections {
        connected.push(TcpStream::connect(server).await?);
    }
    Ok(connected)
}

#[cfg(unix)]
fn raise_limit() {
    use nix::sys::resource::{Resource::RLIMIT_NOFILE, getrlimit, setrlimit};
    if let Ok((_, hard)) = getrlimit(RLIMIT_NOFILE) {
        let _ = setrlimit(RLIMIT_NOFILE, hard, hard);
    }
}

#[cfg(not(unix))]
fn raise_limit() {}
