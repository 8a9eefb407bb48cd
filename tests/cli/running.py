"""The program as a child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def tutor(*arguments: str, data: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a neutral locale; `env` adds to the environment."""
    return subprocess.run(
        [sys.executable, "-m", "tutor", *arguments],
        input=data,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", **env},
        timeout=120,
        check=False,
    )
