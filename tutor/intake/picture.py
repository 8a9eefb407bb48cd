"""What of a problem is worth drawing."""

from __future__ import annotations

import re

from tutor.core.plot import PlotSpec
from tutor.core.problem import Goal, Latex, Task
from tutor.mathtext.chains import Chain, split_chains

_FUNCTION = re.compile(r"(?:y|[fghFGP]\s*\(\s*[a-z]\s*\))")
_INTEGRAL = re.compile(r"\\int\s*(?:\\limits\s*)?(?:[_^](?:\{[^{}]*\}|\\?\w+)\s*){0,2}")
_DIFFERENTIAL = re.compile(r"(?:\\[,;: ]|\s)*(?:d|\\mathrm\{d\}|\\mathrm d)\s*[a-z]\s*$")
_LIMIT = re.compile(r"\\lim\s*(?:\\limits\s*)?_(?:\{[^{}]*\}|\w)\s*(?P<body>.+)$", re.DOTALL)
_LONGEST_TARGET = 400
"""Characters of the longest integral or limit whose inside is looked for."""
_RELATIONS = frozenset({"=", "<", ">", "<=", ">="})


def plot_spec(goal: Goal) -> PlotSpec | None:
    """What to draw for a goal: a function, or both sides of an equation; `None` where nothing offers itself.

    Whether it really can be drawn (one letter, finite values) only algebra can tell.
    """
    if goal.task is Task.PROVE:
        return None
    chains = [chain for given in goal.given for chain in split_chains(given)]
    functions = [c for c in chains if c.relations == ("=",) and _FUNCTION.fullmatch(c.sides[0])]
    if functions:
        return PlotSpec(expressions=tuple(Latex(c.sides[1]) for c in functions[:3]))
    if goal.target is not None:
        return PlotSpec(expressions=(Latex(_integrand(goal.target)),))
    return _sides(chains)


def _sides(chains: list[Chain]) -> PlotSpec | None:
    if len(chains) != 1 or len(chains[0].sides) != 2 or chains[0].relations[0] not in _RELATIONS:
        return None
    left, right = chains[0].sides
    return PlotSpec(expressions=(Latex(left), Latex(right)), equation=True)


def _integrand(target: str) -> str:
    """The inside of an integral or a limit; anything else as it stands."""
    if len(target) > _LONGEST_TARGET:
        return target
    sign, differential = _INTEGRAL.search(target), _DIFFERENTIAL.search(target)
    if sign and differential and sign.end() < differential.start():
        return target[sign.end() : differential.start()]
    limit = _LIMIT.search(target)
    return limit["body"] if limit else target
