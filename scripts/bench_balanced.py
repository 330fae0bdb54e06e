"""What HAProxy in front of three servers costs, against one server alone: in turns, in one network namespace.

The servers and the configuration are those of scripts/balanced, but for `balance`: all of the load has one address.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_server import LOAD, ROOT, SCRIPTS, WARM_UP, processor_time, resident

ROUNDS = 5
CONNECTIONS = 10_000
SILENT = 10_000
BALANCER, SERVERS = "8080", ["8081", "8082", "8083"]


def load(port, *words):
    run = subprocess.run([LOAD, port, *words], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout)


def wait_for(ports):
    deadline = time.monotonic() + 20
    while True:
        table = Path("/proc/net/tcp").read_text()
        if all(f":{int(port):04X} 00000000:0000 0A" in table for port in ports):
            return
        if time.monotonic() > deadline:
            sys.exit("they do not listen")
        time.sleep(0.01)


def start(folder):
    """HAProxy and the three servers: their processes."""
    config = (SCRIPTS / "haproxy.cfg").read_text().replace("balance source", "balance roundrobin")
    (folder / "haproxy.cfg").write_text(config)
    ends = dict(zip(("CLASS", "ONE", "TWO", "THREE"), (f"127.0.0.1:{port}" for port in (BALANCER, *SERVERS))))
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    wide = ["--max-clients", "30000", "--max-per-address", "30000", "--proxy-protocol", "127.0.0.2"]
    server = ROOT / "target/release/teacher-server"
    servers = [subprocess.Popen([server, "127.0.0.1", port, *wide], **quiet) for port in SERVERS]
    balancer = subprocess.Popen(["haproxy", "-db", "-f", folder / "haproxy.cfg"], env=os.environ | ends, **quiet)
    wait_for((BALANCER, *SERVERS))
    return balancer, servers


def steady(port, lanes, processes):
    """Processor time of each connection in these processes, in µs, and the percentiles of the visits."""
    load(port, "steady", WARM_UP, "1")
    begin = [processor_time(process.pid) for process in processes]
    result = load(port, "steady", str(CONNECTIONS), str(lanes))
    spent = [processor_time(process.pid) - before for process, before in zip(processes, begin)]
    return [time * 1e6 / result["served"] for time in spent], result


def measure():
    """Runs inside the namespace: one round."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.TemporaryDirectory() as name:
        balancer, servers = start(Path(name))
        everybody = [balancer, *servers]
        row = {}
        for lanes in (32, 1):
            (alone,), direct = steady(SERVERS[0], lanes, servers[:1])
            (share, *behind), through = steady(BALANCER, lanes, everybody)
            row |= {
                f"server alone, {lanes} at once, µs": alone,
                f"servers behind HAProxy, {lanes} at once, µs": sum(behind),
                f"HAProxy, {lanes} at once, µs": share,
                f"HAProxy / server alone, {lanes} at once": share / alone,
                f"median of a visit through HAProxy / alone, {lanes} at once": through["median"] / direct["median"],
            }
        before = [resident(process.pid) for process in everybody]
        with subprocess.Popen([LOAD, BALANCER, "hold", str(SILENT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            holder.stdout.readline()
            time.sleep(1)  # the last of them are still in the backlog
            grown = [resident(process.pid) - at for process, at in zip(everybody, before)]
            holder.stdin.close()
        row["a silent client in a server, KB"] = sum(grown[1:]) / SILENT / 1e3
        row["a silent client in HAProxy, KB"] = grown[0] / SILENT / 1e3
        for process in everybody:
            process.kill()
            process.wait()
    print(json.dumps(row))


def run():
    build = ["cargo", "build", "--quiet", "--release", "--package", "teacher-server", "--bins", "--examples"]
    environment = {name: value for name, value in os.environ.items() if name != "CARGO_TARGET_DIR"}
    subprocess.run(build, cwd=ROOT, env=environment, check=True)
    inside = ["unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, SCRIPTS / "bench", "balanced-inside"]
    rounds = [json.loads(subprocess.run(inside, stdout=subprocess.PIPE, text=True, check=True).stdout) for _ in range(ROUNDS)]
    print(f"medians of {ROUNDS} rounds")
    for title in rounds[0]:
        print(f"{title:<62}{statistics.median(row[title] for row in rounds):>9.2f}")
