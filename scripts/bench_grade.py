"""A class made from the gallery: `cargo grade` against a loop of `cargo test`, which is how one grades without it. In turns, part by part."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_show import show

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "crates/lab/submissions"
# The exercises, and what their programs are called in a student's folder.
FILES = {"client": "client", "ex3-chat": "Ex3", "server": "server"}
COMMANDS = {".py": "python3", ".sh": "sh"}
# The interpreter itself: a shim in front of it, as pyenv has, takes longer than most programs.
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).resolve().parent}:{os.environ['PATH']}"}
PEER = "cargo test"


def cargo(*words, **more):
    return subprocess.run(["cargo", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True, **{"env": ENVIRONMENT, **more})


def build():
    """Nothing is to be built while it is measured. One package alone is built with other features than all together."""
    cargo("build", "--quiet", "--package", "grader", check=True)
    cargo("test", "--quiet", "--workspace", "--no-run", "--test", "contract", check=True)
    for exercise in FILES:
        cargo("test", "--quiet", "--package", exercise, "--no-run", check=True)


def submissions(count):
    """So many, of each exercise and each kind: all in turn, from the beginning again where there are not enough."""
    every = [
        (exercise, file)
        for exercise in FILES
        for kind in ("right", "wrong")
        for file in sorted((GALLERY / kind / exercise).iterdir())
        if file.suffix in COMMANDS
    ]
    step = max(len(every) / count, 1)
    return [every[int(number * step) % len(every)] for number in range(count)]


def measured(task):
    """What the task gives, its real time, and the processor time of all that it started."""
    before, begin = os.times(), time.perf_counter()
    result = task()
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return result, time.perf_counter() - begin, used


def grade(part, jobs):
    """The most memory that the grader itself had."""
    with tempfile.TemporaryDirectory() as name:
        folder, kibibytes = Path(name), 0
        for number, (exercise, file) in enumerate(part):
            student = folder / "class" / f"{number:03} {file.stem}"
            student.mkdir(parents=True)
            shutil.copy(file, student / (FILES[exercise] + file.suffix))
        words = ["run", "--quiet", "--package", "grader", "--", str(folder / "class"), "--results", str(folder / "results")]
        grader = subprocess.Popen(["cargo", *words, *jobs], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        while grader.poll() is None:
            # cargo becomes the program, and says no more of its memory when it has ended.
            status = Path(f"/proc/{grader.pid}/status").read_text()
            if found := re.match(r"Name:\s+grader\n.*VmHWM:\s+(\d+)", status, re.S):
                kibibytes = int(found[1])
            time.sleep(0.1)
        if grader.returncode not in (0, 3):
            sys.exit(f"cargo grade ended with {grader.returncode}")
        return kibibytes / 1024


def loop(part):
    """How long the tests took by themselves, as the test harness says."""
    seconds = 0.0
    for exercise, file in part:
        command = json.dumps([COMMANDS[file.suffix], str(file)])
        said = cargo("test", "--package", exercise, "required", env={**ENVIRONMENT, "SESSION08_CMD": command}, stderr=subprocess.DEVNULL)
        seconds += sum(map(float, re.findall(r"finished in ([\d.]+)s", said.stdout)))
    return seconds


def run(words):
    parser = argparse.ArgumentParser(prog="scripts/bench grade")
    parser.add_argument("--submissions", type=int, default=200, metavar="N", help="[%(default)s]")
    parser.add_argument("--parts", type=int, default=2, metavar="N", help="how often the two take turns [%(default)s]")
    parser.add_argument("--jobs", metavar="N", help="as in cargo grade")
    parser.add_argument("--json", metavar="FILE", help="all that was measured")
    options = parser.parse_args(words)
    build()
    jobs = ["--jobs", options.jobs] if options.jobs else []
    cores = len(os.sched_getaffinity(0))
    every = submissions(options.submissions)
    rows = []
    for part in (every[number :: options.parts] for number in range(options.parts)):
        memory, ours, our_processor = measured(lambda: grade(part, jobs))
        own, theirs, their_processor = measured(lambda: loop(part))
        rows.append({"submissions": len(part), "grade": ours, "grade processor": our_processor, "grade memory": memory, "loop": theirs, "loop processor": their_processor, "tests": own})
    total = {what: sum(row[what] for row in rows) for what in rows[0]}
    print(f"{len(every)} submissions of the gallery, in {options.parts} parts in turns, on {cores} processors, in s")
    show("until all are graded", total["grade"], PEER, total["loop"])
    show("  processor time of that", total["grade processor"], PEER, total["loop processor"])
    show("  the tests alone, divided by the processors", total["grade"], PEER, total["tests"] / cores)
    print(f"memory of cargo grade itself: {max(row['grade memory'] for row in rows):.0f} MB at most")
    if options.json:
        Path(options.json).write_text(json.dumps({"processors": cores, "parts": rows}, indent=1) + "\n")
