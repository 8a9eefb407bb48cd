"""How single characters and commands are spelt in the one form the reader knows."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PUNCTUATION = {
    "。": ".",
    "、": ",",
    "【": "[",
    "】": "]",
    "〔": "(",
    "〕": ")",
    "−": "-",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "∗": "*",
    "∕": "/",
    "∣": "|",
    "：": ":",
    "′": "'",
    "’": "'",
    "\u3000": " ",
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "\u202f": " ",
}

SAME_WIDTH = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | _PUNCTUATION
)
"""One character for one, so that positions in the text stay what they were."""

SPELT = {
    "×": r"\times",
    "÷": r"\div",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "•": r"\cdot",
    "∙": r"\cdot",
    "✕": r"\times",
    "✖": r"\times",
    "⁄": "/",
    "∨": r"\lor",
    "∧": r"\land",
    "≮": r"\ge",
    "≯": r"\le",
    "∠": r"\angle",
    "…": r"\ldots",
    "⋯": r"\ldots",
    "≤": r"\le",
    "⩽": r"\le",
    "≦": r"\le",
    "≥": r"\ge",
    "⩾": r"\ge",
    "≧": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "≡": r"\equiv",
    "∈": r"\in",
    "∉": r"\notin",
    "⊆": r"\subseteq",
    "∪": r"\cup",
    "∩": r"\cap",
    "∅": r"\emptyset",
    "±": r"\pm",
    "√": r"\surd",
    "∞": r"\infty",
    "π": r"\pi",
    "°": r"\degree",
    "∫": r"\int",
    "∑": r"\sum",
    "∏": r"\prod",
    "∂": r"\partial",
    "→": r"\to",
    "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
    "⌈": r"\lceil",
    "⌉": r"\rceil",
    "ℝ": r"\Reals",
    "ℤ": r"\Integers",
    "ℕ": r"\Naturals",
    "ℚ": r"\Rationals",
    "ℂ": r"\Complexes",
    "%": r"\%",
    "∴": r"\therefore",
    "∵": r"\because",
    "″": r"\second",
    "“": r"\second",
    "”": r"\second",
}

_GREEK = (
    "α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu"
    " ν nu ξ xi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta"
    " Λ Lambda Ξ Xi Σ Sigma Φ Phi Ψ Psi Ω Omega"
)


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


SPELT |= {letter: f"\\{name}" for letter, name in _pairs(_GREEK).items()}

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₙ", "0123456789+-n", strict=True))
FRACTIONS = {"½": "12", "⅓": "13", "⅔": "23", "¼": "14", "¾": "34", "⅕": "15", "⅙": "16", "⅛": "18"}

WORDS = {
    "and": "and",
    "or": "or",
    "或": "or",
    "或者": "or",
    "且": "and",
    "和": "and",
    "与": "and",
    "及": "and",
    "并且": "and",
    "if": "if",
    "when": "if",
    "for": "if",
    "当": "if",
    "若": "if",
    "otherwise": "otherwise",
    "else": "otherwise",
    "其他": "otherwise",
    "其它": "otherwise",
}

SKIPPED = _words(
    r"\, \; \: \! \  \> \enspace \thinspace \displaystyle \textstyle \scriptstyle"
    r" \limits \nolimits \bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \big \Big \bigg \Bigg"
    r" \hfill \nonumber \notag \allowbreak \strut \hline \rm \mathstrut"
) | {"\\ ", "\\\n", "\\\t", "\\/"}

ALIASES = {
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\cfrac": r"\frac",
    r"\dbinom": r"\binom",
    r"\tbinom": r"\binom",
    r"\leq": r"\le",
    r"\leqslant": r"\le",
    r"\leqq": r"\le",
    r"\geq": r"\ge",
    r"\geqslant": r"\ge",
    r"\geqq": r"\ge",
    r"\neq": r"\ne",
    r"\lt": "<",
    r"\gt": ">",
    r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to",
    r"\implies": r"\Rightarrow",
    r"\Longrightarrow": r"\Rightarrow",
    r"\iff": r"\Leftrightarrow",
    r"\Longleftrightarrow": r"\Leftrightarrow",
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\lbrack": "[",
    r"\rbrack": "]",
    r"\vert": "|",
    r"\lvert": "|(",
    r"\rvert": ")|",
    r"\ast": "*",
    r"\colon": ":",
    r"\simeq": r"\approx",
    r"\thickapprox": r"\approx",
    r"\doteq": r"\approx",
    r"\approxeq": r"\approx",
    r"\varnothing": r"\emptyset",
    r"\subset": r"\subseteq",
    r"\setminus": r"\setminus",
    r"\backslash": r"\setminus",
    r"\imath": r"\imaginary",
    r"\overrightarrow": r"\vec",
    r"\bar": r"\overline",
    r"\boldsymbol": r"\mathbf",
    r"\bm": r"\mathbf",
    r"\pmb": r"\mathbf",
    r"\textdegree": r"\degree",
    r"\prime": "'",
    r"\qquad": r"\quad",
    r"\sfrac": r"\frac",
    r"\nicefrac": r"\frac",
    r"\vee": r"\lor",
    r"\wedge": r"\land",
    r"\triangleq": "=",
    r"\coloneqq": "=",
    r"\nless": r"\ge",
    r"\ngtr": r"\le",
    r"\R": r"\Reals",
    r"\Z": r"\Integers",
    r"\N": r"\Naturals",
    r"\Q": r"\Rationals",
    r"\Bbb": r"\mathbb",
    r"\measuredangle": r"\angle",
    r"\dotsc": r"\ldots",
    r"\dotsb": r"\ldots",
    r"\dots": r"\ldots",
    r"\cdots": r"\ldots",
}

NEGATED = {"=": r"\ne", r"\in": r"\notin", "<": r"\ge", ">": r"\le"}
"""What `\\not` makes of the relation behind it, among real numbers."""

ENVIRONMENTS = {"dcases": "cases", "rcases": "cases", "smallmatrix": "matrix"}
"""Environments that differ from another in looks only."""

FRAMES = frozenset({r"\boxed", r"\fbox", r"\underline"})

COLOURS = frozenset({r"\color", r"\textcolor", r"\mathcolor"})

CURRENCIES = {"$": "$", "£": "£", "€": "€", "¥": "¥", r"\$": "$", r"\pounds": "£", r"\euro": "€"}

UNIT_RUNS = _words("cm km mm dm kg mg ml mL kPa Hz mol km kmh cm dL kJ kW")
"""Letters behind a number that are a unit, or a product of letters."""

SPOKEN_SIGNS = {
    "mod": r"\mod",
    "degrees": r"\degree",
    "degree": r"\degree",
    "度": r"\degree",
    "percent": r"\%",
}

LABELS = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")

TEXTUAL = _words(
    r"\text \mathrm \textrm \mbox \operatorname \mathit \textit \textbf \mathsf \operatorname*"
)
