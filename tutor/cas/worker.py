"""The CAS worker: answers one request after another until its parent goes away."""

from __future__ import annotations

import sys
from typing import BinaryIO

from tutor.cas.answers import check_answer
from tutor.cas.claims import check_claim
from tutor.cas.grading.comparing import compare_answers
from tutor.cas.readings import in_either_reading
from tutor.cas.requests import (
    CasAnswer,
    CasRequest,
    CheckAnswer,
    CheckClaim,
    CompareAnswers,
    Sampled,
    SamplePlot,
)
from tutor.cas.sampling import sample_plot
from tutor.support.codec import JsonValue, decode, encode
from tutor.workers.child import Call, limit_memory, serve

MEMORY_LIMIT = 2 * 1024**3
"""Address space of the worker, in bytes; SymPy itself needs about 0.2 GB of it."""
CPU_SECONDS = 60
RECURSION_LIMIT = 3000
"""Formulas nest up to 60 deep and SymPy takes several frames a level."""


def main(out: BinaryIO) -> int:
    """Serve requests; replies go to `out`. Returns the exit code."""
    limit_memory(MEMORY_LIMIT)
    sys.setrecursionlimit(RECURSION_LIMIT)
    return serve("cas", {"ask": _ask}, out, cpu_seconds=CPU_SECONDS)


def answer(request: CasRequest) -> CasAnswer:
    """The answer to a request."""
    match request:
        case CheckClaim():
            return in_either_reading(request, check_claim)
        case CheckAnswer():
            return in_either_reading(request, check_answer)
        case CompareAnswers():
            return compare_answers(request)
        case SamplePlot():
            return Sampled(plot=sample_plot(request.spec))


def _ask(body: JsonValue, _: Call) -> JsonValue:
    request: CasRequest = decode(CasRequest, body)  # type: ignore[arg-type] # a union is not a type to mypy
    return encode(answer(request))
