"""How people are told that something went wrong: in one line on the standard error output."""

from __future__ import annotations

import sys

from tutor.core.errors import TutorError
from tutor.support.i18n import Translator


def complain(error: TutorError, tr: Translator) -> None:
    """Say what went wrong, on one line."""
    sys.stderr.write(f"tutor: {' '.join(tr.error(error).split())}\n")
