"""docs/performance.md: all benchmarks in one run, each as it printed its figures, with a picture."""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

import bench_svg
from bench_show import shown

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "scripts/bench"
DOCS = ROOT / "docs"

HEAD = """# How fast it is

Written by `scripts/bench all`, in one run, on {machine}. Machines differ: read the ratios, and run it on your own. Each figure is the
median of turns taken by our program and its peer, so that a machine that is busy for a moment is busy for both.
"""
PARTS = {
    "server": ("The teacher's server", "Every visit is a connection, a message, the answer and the end. The limit is a bare epoll loop in C that closes as carefully."),
    "ping": ("ping", "What our `ex2-ping` says of a round trip, and what the `ping` of iputils says, each beside what the wire saw."),
    "table": ("The lesson's table", "All destinations side by side, and `ping` one after the other."),
    "ips": ("The list of addresses", "From the start of a program to its end."),
    "build": ("What a student waits for", "The first `cargo test` of an exercise in a folder of its own, and one of those after it."),
}


def output(*words):
    return subprocess.run([BENCH, *words], stdout=subprocess.PIPE, text=True, check=True).stdout


def machine():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} processors ({model}), Linux {platform.release().split('-')[0]}"


def part(name, baseline):
    picture = DOCS / f"{name}.svg"
    if name == "server":
        text = output("server", "--baseline", baseline, "--svg", str(picture))
    else:
        text = output(name, *(["--baseline", baseline] if name == "build" else []))
        rows, peer = shown(text)
        picture.write_text(bench_svg.bars(text.splitlines()[0], ("ours", peer), rows))
    title, why = PARTS[name]
    return f"\n## {title}\n\n{why}\n\n![{title}: the figures below as bars]({picture.name})\n\n```text\n{text.rstrip()}\n```\n"


def run(words):
    parser = argparse.ArgumentParser(prog="scripts/bench all")
    parser.add_argument("--baseline", metavar="REV", required=True, help="another revision, for the server and the build")
    baseline = parser.parse_args(words).baseline
    DOCS.mkdir(exist_ok=True)
    text = HEAD.format(machine=machine()) + "".join(part(name, baseline) for name in PARTS)
    (DOCS / "performance.md").write_text(text)
    print(DOCS / "performance.md", file=sys.stderr)
