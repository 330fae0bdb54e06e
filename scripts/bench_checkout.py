"""Another revision of this project, for as long as `with` lasts."""

import contextlib
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def checkout(revision):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        worktree = ["git", "-C", ROOT, "worktree"]
        subprocess.run([*worktree, "add", "--quiet", "--detach", source, revision], check=True)
        try:
            yield source
        finally:
            subprocess.run([*worktree, "remove", "--force", source], check=True)
