//! A real browser without a window: Chromium, driven by the `DevTools` protocol (<https://chromedevtools.github.io/devtools-protocol/>).
//!
//! It talks through two pipes, one JSON object after another, each followed by a NUL: no port, and no library for web sockets.

use common::testing::{TIME_LIMIT, poll};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// The protocol's pipes are the descriptors 3 and 4.
const START: &str = r#"exec chromium "$@" 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null"#;
/// It asks nobody but the board: no name leads anywhere, and it makes no calls of its own.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--remote-debugging-pipe",
    // Root has to do without; so do containers.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/// One browser at a time: eight of them keep two processors busy for longer than a test waits.
static TURN: Mutex<()> = Mutex::new(());

/// A browser with one page. It is ended when this value is dropped.
pub struct Chromium {
    process: Child,
    commands: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    last_id: u64,
    profile: PathBuf,
    /// What it reported, besides answers.
    pub reports: Vec<Value>,
    _turn: MutexGuard<'static, ()>,
}

impl Chromium {
    /// Starts it, and opens a page of this address.
    pub fn open(name: &str, url: &str) -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let profile = crate::files::scratch(&format!("chromium-{name}"));
        std::fs::create_dir_all(&profile).unwrap();
        let mut process = Command::new("sh")
            .args(["-c", START, "sh"])
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .env("HOME", &profile)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (commands, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let (sender, messages) = channel();
        let read = move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                let _ = sender.send(serde_json::from_slice(&message).unwrap());
            }
        };
        thread::Builder::new().spawn(read).unwrap();
        let mut chromium =
            Self { process, commands, messages, session: None, last_id: 0, profile, reports: Vec::new(), _turn: turn };

        let target = chromium.call("Target.createTarget", &json!({ "url": "about:blank" }))["targetId"].clone();
        let session = chromium.call("Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        chromium.session = Some(session["sessionId"].as_str().unwrap().to_string());
        for domain in ["Page", "Runtime", "Log", "Network", "Accessibility"] {
            chromium.call(&format!("{domain}.enable"), &json!({}));
        }
        chromium.show(1280, 720, "light");
        chromium.call("Page.navigate", &json!({ "url": url }));
        chromium.wait_long_for("the page", "document.readyState === 'complete' && at('who').textContent !== ''");
        chromium
    }

    /// Calls a method of the protocol.
    pub fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.commands.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            // Its first answer takes some seconds on a busy machine.
            let mut message = self.messages.recv_timeout(4 * TIME_LIMIT).expect("an answer of chromium");
            if message["id"] == self.last_id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].take();
            }
            self.reports.push(message);
        }
    }

    /// The value of an expression of JavaScript; `at(ID)` is an element of the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let whole = format!("(() => {{ const at = (id) => document.getElementById(id); return ({expression}); }})()");
        let mut result =
            self.call("Runtime.evaluate", &json!({ "expression": whole, "returnByValue": true, "awaitPromise": true }));
        assert!(result["exceptionDetails"].is_null(), "{expression}: {result:#}");
        result["result"]["value"].take()
    }

    /// Waits until an expression is true.
    pub fn wait_for(&mut self, what: &str, expression: &str) {
        self.wait_times(1, what, expression);
    }

    /// The same, for what the page itself does after some seconds.
    pub fn wait_long_for(&mut self, what: &str, expression: &str) {
        self.wait_times(3, what, expression);
    }

    fn wait_times(&mut self, times: u32, what: &str, expression: &str) {
        let mut is_so = || (self.value(expression) == true).then_some(());
        let mut waited = poll(what, &mut is_so);
        for _ in 1..times {
            waited = waited.or_else(|_| poll(what, &mut is_so));
        }
        waited.unwrap_or_else(|timeout| panic!("{timeout}: {}", self.value("document.body.innerText")));
    }

    /// A screen of this size, in one of the two colour schemes.
    pub fn show(&mut self, width: u32, height: u32, scheme: &str) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size);
        // Without motion each change of a colour is done at once.
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.call("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    /// What was reported of this kind.
    pub fn reported(&mut self, method: &str) -> Vec<Value> {
        // What came before this answer has been reported.
        self.value("0");
        self.reports.iter().filter(|report| report["method"] == method).map(|report| report["params"].clone()).collect()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        // Its helpers may still write into it for a moment.
        let _ = poll("the end of the profile", || std::fs::remove_dir_all(&self.profile).ok());
    }
}
