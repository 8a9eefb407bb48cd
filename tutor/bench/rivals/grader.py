"""Math-Verify in a process that can be killed: `verify` takes two answers and says whether it accepts the second."""

from __future__ import annotations

import logging
import os
import sys
from typing import cast

import math_verify

from tutor.support.codec import JsonValue
from tutor.workers.child import Call, limit_memory, serve

MEMORY_LIMIT = 3 * 1024**3
"""Bytes of address space."""


def verify(body: JsonValue, _: Call) -> JsonValue:
    """Whether the second of two answers is accepted beside the first; `None` where one cannot be read."""
    expected, given = (math_verify.parse(_formula(str(text))) for text in cast("list[str]", body))
    if not expected or not given:
        return None
    return bool(math_verify.verify(expected, given))


def _formula(text: str) -> str:
    """An answer as Math-Verify wants it, between dollar signs."""
    return text if "$" in text or r"\boxed" in text else f"${text}$"


def main() -> int:
    """Serve on the process's pipes; whatever else is printed goes to the log."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    logging.disable(logging.CRITICAL)
    limit_memory(MEMORY_LIMIT)
    return serve("grader", {"verify": verify}, out)


if __name__ == "__main__":
    sys.exit(main())
