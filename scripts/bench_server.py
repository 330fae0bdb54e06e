"""teacher-server against its limit, itself with a board, the build of another revision, and peers: in turns, each in a network of its own.

The limit is a bare epoll loop in C with the same lingering close (epoll_limit.c). The load is crates/teacher-server/examples/load.rs.
Every round starts each server anew for each kind of load, in an order drawn by lot, and ratios are taken within a round.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import bench_svg
from bench_checkout import checkout

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts"
LOAD = ROOT / "target/release/examples/load"
PORT = "8080"  # in a network of its own
BOARD = "127.0.0.1:8090"
WARM_UP = "500"
NAMES = {
    "limit": "the limit, an epoll loop in C",
    "ours": "teacher-server",
    "board": "teacher-server, its board in a browser",
    "baseline": "the baseline",
    "sequential": "the lesson's Python",
    "asyncio": "Python's asyncio",
    "threads": "ThreadingTCPServer",
    "ncat": "ncat -k",
    "socat": "socat, fork",
}
# Which serve one client after another, or start programs for each: they are not asked everything.
SEQUENTIAL = {"sequential"}
FORKING = {"ncat", "socat"}


def processor_time(pid):
    """Of a process with all its threads, and of the children that it has waited for, in seconds.

    The first is the process's own clock, see clock_getcpuclockid(3); the second is fields 16 and 17 of proc(5)."""
    own = time.clock_gettime((~pid << 3) | 2)
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return own + (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def resident(pid):
    """What the process has in memory, in bytes."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def retransmitted_syns():
    """Of this network: nstat(8), TcpExtTCPSynRetrans."""
    lines = [line.split() for line in Path("/proc/net/netstat").read_text().splitlines() if line.startswith("TcpExt:")]
    return int(dict(zip(*lines))["TCPSynRetrans"])


class Server:
    """A server that runs as long as `with` lasts, and is read as a terminal would read it."""

    def __init__(self, command):
        self.command = command

    def __enter__(self):
        quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, **quiet)
        self.reader = subprocess.Popen(["cat"], stdin=self.process.stdout, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not is_listening():
            if time.monotonic() > deadline or self.process.poll() is not None:
                sys.exit(f"it does not listen: {self.command}")
            time.sleep(0.01)
        return self.process.pid

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.reader.wait()


class Browser:
    """Chromium with the board on its screen, as long as `with` lasts."""

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        quiet = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--remote-debugging-port=0"]
        command = ["chromium", *quiet, f"--user-data-dir={self.profile.name}", f"http://{BOARD}/"]
        # A group of its own, so that all of it can be ended.
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        # This program has the events as well, to hear how many pages have them.
        with urllib.request.urlopen(f"http://{BOARD}/events", timeout=60) as events:
            for line in events:
                if line.startswith(b"data: ") and json.loads(line[6:])["pages"] == 2:
                    return

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.profile.cleanup()


def is_listening():
    listening = f":{int(PORT):04X} 00000000:0000 0A"
    return any(listening in line for line in Path("/proc/net/tcp").read_text().splitlines())


def load(*words):
    run = subprocess.run([LOAD, PORT, *words], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout)


def measure(command, kinds, sizes):
    """Runs inside the namespace: what one server does with each kind of load."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    results = {}
    for kind in kinds:
        with Server(command) as pid, Browser() if BOARD in command else contextlib.nullcontext():
            load("steady", "1" if kind == "memory" else WARM_UP, "1")
            syns, begin = retransmitted_syns(), processor_time(pid)
            if kind in ("at 32", "at 1"):
                lanes = kind.split()[1]
                result = load("steady", str(sizes[kind]), lanes)
                result["cpu"] = (processor_time(pid) - begin) * 1e6 / max(1, result["served"])
            elif kind == "burst":
                result = load("burst", str(sizes[kind]))
            elif kind == "silent":
                result = load("silent", str(sizes[kind]), "2000")
            elif kind == "class":
                result = load("class", "30", "270")
            elif kind == "memory":
                result = {"idle": resident(pid)}
                result["silent"] = (held(sizes[kind], pid) - result["idle"]) / sizes[kind]
            result["syns"] = retransmitted_syns() - syns
            results[kind] = result
    print(json.dumps(results))


def held(connections, pid):
    """The memory of a server while it holds so many silent clients."""
    with subprocess.Popen([LOAD, PORT, "hold", str(connections)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        time.sleep(1)  # the last of them are still in the backlog
        memory = resident(pid)
        holder.stdin.close()
        return memory


def candidates(options, folder):
    """The command of each."""
    wide = ["--max-clients", "30000", "--max-per-address", "30000"]
    everybody = {
        "limit": [str(folder / "epoll_limit"), PORT],
        "ours": [str(ROOT / "target/release/teacher-server"), "127.0.0.1", PORT, *wide],
        "sequential": [sys.executable, str(SCRIPTS / "bench_peers.py"), "sequential", PORT],
        "asyncio": [sys.executable, str(SCRIPTS / "bench_peers.py"), "asyncio", PORT],
        "threads": [sys.executable, str(SCRIPTS / "bench_peers.py"), "threads", PORT],
    }
    if shutil.which("chromium"):
        everybody["board"] = [*everybody["ours"], "--board", BOARD]
    if options.baseline:
        everybody["baseline"] = [str(build_baseline(options.baseline)), "127.0.0.1", PORT, *wide]
    answer = "head -c 24 >/dev/null; printf \"Hello from the teacher's server\""
    if shutil.which("ncat"):
        everybody["ncat"] = ["ncat", "-k", "-l", "127.0.0.1", PORT, "--sh-exec", answer]
    if shutil.which("socat"):
        folder.joinpath("answer").write_text(answer)
        listen = f"TCP-LISTEN:{PORT},bind=127.0.0.1,fork,reuseaddr,backlog=1024"
        everybody["socat"] = ["socat", listen, f"EXEC:sh {folder}/answer"]
    named = options.only.split(",") if options.only else list(NAMES)
    return {name: everybody[name] for name in NAMES if name in named and name in everybody}


def build_baseline(revision):
    """The server of another revision, built once for each commit: a file that is there already is taken as it is."""
    if Path(revision).is_file():
        return Path(revision).resolve()
    parse = ["git", "-C", ROOT, "rev-parse", "--short", f"{revision}^{{commit}}"]
    commit = subprocess.run(parse, stdout=subprocess.PIPE, text=True, check=True)
    built = ROOT / "target/bench" / commit.stdout.strip() / "teacher-server"
    if not built.exists():
        with checkout(revision) as source, tempfile.TemporaryDirectory() as target:
            build = ["cargo", "build", "--quiet", "--release", "--package", "teacher-server"]
            subprocess.run(build, cwd=source, env={**os.environ, "CARGO_TARGET_DIR": target}, check=True)
            built.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(f"{target}/release/teacher-server", built)
    return built


def kinds_of(name, kinds):
    if name in SEQUENTIAL:
        return [kind for kind in kinds if kind not in ("silent", "class", "memory")]
    if name in FORKING:
        return [kind for kind in kinds if kind in ("at 32", "at 1")]
    return kinds


def in_namespace(name, command, kinds, options):
    sizes = {"at 32": options.connections, "at 1": options.connections, "burst": 500, "silent": 1000}
    sizes["memory"] = options.silent
    if name in FORKING:
        sizes |= {"at 32": 300, "at 1": 300}
    task = json.dumps({"command": command, "kinds": kinds_of(name, kinds), "sizes": sizes})
    inside = [sys.executable, str(SCRIPTS / "bench"), "server-inside", task]
    run = ["unshare", "--map-root-user", "--net", "--kill-child", "--fork", *inside]
    return json.loads(subprocess.run(run, stdout=subprocess.PIPE, text=True, check=True).stdout)


ROWS = [
    ("processor time a connection, 32 at once", "µs", "at 32", "cpu"),
    ("processor time a connection, 1 at once", "µs", "at 1", "cpu"),
    ("median of a visit, 32 at once", "µs", "at 32", "median"),
    ("99th percentile, 32 at once", "µs", "at 32", "p99"),
    ("30 silent and 270 at once: served", "", "class", "served"),
    ("  the slowest of them", "µs", "class", "worst"),
    ("  retransmitted SYNs", "", "class", "syns"),
    ("500 at once: served", "", "burst", "served"),
    ("  the slowest of them", "µs", "burst", "worst"),
    ("  retransmitted SYNs", "", "burst", "syns"),
    ("beside 1,000 silent ones: median of a visit", "µs", "silent", "median"),
    ("  99th percentile", "µs", "silent", "p99"),
    ("memory, idle", "MB", "memory", "idle"),
    ("memory for each silent client", "KB", "memory", "silent"),
]
UNITS = {"MB": 1e6, "KB": 1e3}


def median(rounds, name, kind, key, peer=None):
    """Of a value, or of its ratio to the peer's in the same round."""
    values = []
    for results in rounds:
        value = results.get(name, {}).get(kind, {}).get(key)
        reference = results.get(peer, {}).get(kind, {}).get(key) if peer else 1
        if value is not None and reference:
            values.append(value / reference)
    return statistics.median(values) if values else None


def table(rounds, names):
    """Each value, and behind it how many times ours is that."""
    lines = [f"{'':<46}" + "".join(f"{name:>17}" for name in names)]
    for title, unit, kind, key in ROWS:
        if all(median(rounds, name, kind, key) is None for name in names):
            continue
        cells = []
        for name in names:
            value = median(rounds, name, kind, key)
            ratio = median(rounds, "ours", kind, key, name) if unit and name != "ours" else None
            shown = "-" if value is None else f"{value / UNITS.get(unit, 1):,.1f}" if unit else f"{value:g}"
            cells.append(f"{shown:>9}{f' ({ratio:.2f})' if ratio else '':<8}")
        lines.append(f"{f'{title}, {unit}' if unit else title:<46}" + "".join(cells))
    return "\n".join(lines)


def arguments(words):
    parser = argparse.ArgumentParser(prog="scripts/bench server")
    parser.add_argument("--baseline", metavar="REV", help="another revision of the server, or a program built from one")
    parser.add_argument("--only", metavar="NAMES", help=f"of {','.join(NAMES)}")
    parser.add_argument("--kinds", default="at 32,at 1,burst,class,silent,memory", help="of the load [%(default)s]")
    parser.add_argument("--rounds", type=int, default=5, help="[%(default)s]")
    parser.add_argument("--connections", type=int, default=10_000, help="for processor time [%(default)s]")
    parser.add_argument("--silent", type=int, default=10_000, help="for memory [%(default)s]")
    parser.add_argument("--json", metavar="FILE", help="all that was measured")
    parser.add_argument("--svg", metavar="FILE", help="a picture of the processor times")
    return parser.parse_args(words)


def run(words):
    options = arguments(words)
    build = ["cargo", "build", "--quiet", "--release", "--package", "teacher-server", "--bins", "--examples"]
    environment = {name: value for name, value in os.environ.items() if name != "CARGO_TARGET_DIR"}
    subprocess.run(build, cwd=ROOT, env=environment, check=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["gcc", "-O2", "-o", folder / "epoll_limit", SCRIPTS / "epoll_limit.c"], check=True)
        commands = candidates(options, folder)
        rounds = []
        for number in range(1, options.rounds + 1):
            turns = random.sample(list(commands), len(commands))
            print(f"round {number} of {options.rounds}: {', '.join(turns)}", file=sys.stderr, flush=True)
            kinds = options.kinds.split(",")
            rounds.append({name: in_namespace(name, commands[name], kinds, options) for name in turns})
    names = [name for name in NAMES if name in commands]
    print(f"medians of {len(rounds)} rounds; in brackets, how many times that ours is, the median within the rounds")
    print(table(rounds, names))
    if options.json:
        Path(options.json).write_text(json.dumps(rounds, indent=1) + "\n")
    if options.svg:
        bars = [(NAMES[name], median(rounds, name, "at 32", "cpu"), median(rounds, name, "at 1", "cpu")) for name in names]
        Path(options.svg).write_text(bench_svg.bars("Processor time of the server for each connection, in µs", ("32 at once", "1 at once"), bars))
