#!/usr/bin/env python3
"""Grades one submission for Classroom 50, whose runner starts this in the student's repository and reads result.json there.

It always ends with 0, as the runner wants it. Where there is no result.json, since nothing could be graded, the runner says that
there was an error, and the student gets no zero.
"""

import pathlib
import shutil
import subprocess
import tempfile

KIT = pathlib.Path(__file__).resolve().parent / "kit"
submission = pathlib.Path.cwd()
result = submission / "result.json"

# A repository may bring one of its own.
if result.is_dir() and not result.is_symlink():
    shutil.rmtree(result)
else:
    result.unlink(missing_ok=True)

with tempfile.TemporaryDirectory() as results:
    command = ["cargo", "grade", str(submission), "--results", results, "--classroom50", str(result)]
    # In the kit's own folder, where no settings of the student's are looked for.
    subprocess.run(command, cwd=KIT, check=False)
