r"""`\log` without a base: the decimal logarithm to schools, the natural one to calculus.

The reader takes it as decimal. A refutation must hold in both readings, so one that the natural reading
does not bear out is no refutation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeVar

from tutor.cas.findings import unknown
from tutor.cas.requests import CheckAnswer, CheckClaim, Finding, Truth
from tutor.support.codec import decode, encode
from tutor.support.i18n import N_

AMBIGUOUS = N_("It depends on the base of the logarithm, which is not written.")

Request = TypeVar("Request", CheckClaim, CheckAnswer)

_BARE = re.compile(r"\\\\log(?![A-Za-z])(?!\s*(?:\\\\limits\s*)?_)")
r"""`\log` without a base, in JSON, where each backslash is doubled."""


def in_either_reading(request: Request, judge: Callable[[Request], Finding]) -> Finding:
    """What `judge` finds, with a second look where it refutes and a logarithm has no base."""
    finding = judge(request)
    if finding.truth is not Truth.FAILS:
        return finding
    natural = _with_natural_logarithms(request)
    if natural == request:
        return finding
    again = judge(natural)
    return unknown(AMBIGUOUS) if again.truth not in (Truth.HOLDS, Truth.FAILS) else again


def _with_natural_logarithms(request: Request) -> Request:
    text = json.dumps(encode(request), ensure_ascii=False)
    return decode(type(request), json.loads(_BARE.sub(r"\\\\ln ", text)))
