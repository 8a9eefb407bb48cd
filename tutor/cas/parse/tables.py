"""Words of the language of formulas."""

from __future__ import annotations

import re

import sympy


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = _words(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon"
    " phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell"
)

GREEK_VARIANTS = {
    "varepsilon": "epsilon",
    "vartheta": "theta",
    "varphi": "phi",
    "varrho": "rho",
    "varsigma": "sigma",
    "varkappa": "kappa",
}

SUBSCRIPT = re.compile(r"[A-Za-z0-9+,\-\u4e00-\u9fff]{1,24}")

FUNCTIONS = {
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "cot": sympy.cot,
    "sec": sympy.sec,
    "csc": sympy.csc,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctan": sympy.atan,
    "arccot": sympy.acot,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "coth": sympy.coth,
    "arsinh": sympy.asinh,
    "arcosh": sympy.acosh,
    "artanh": sympy.atanh,
}

INVERSES = {
    "sin": sympy.asin,
    "cos": sympy.acos,
    "tan": sympy.atan,
    "cot": sympy.acot,
    "sec": sympy.asec,
    "csc": sympy.acsc,
    "sinh": sympy.asinh,
    "cosh": sympy.acosh,
    "tanh": sympy.atanh,
}

LOGARITHMS = frozenset({"ln", "log", "lg"})

FUNCTION_ALIASES = {"tg": "tan", "ctg": "cot", "cosec": "csc", "arctg": "arctan"}

SPOKEN_FUNCTIONS = frozenset(
    {*FUNCTIONS, *LOGARITHMS, *FUNCTION_ALIASES, "exp", "max", "min", "gcd", "lcm", "det", "sqrt"}
)

SETS = {
    "R": sympy.Reals,
    "Z": sympy.Integers,
    "N": sympy.Naturals0,
    "Q": sympy.Rationals,
    "C": sympy.Complexes,
}

RELATIONS = {
    "=": "=",
    r"\ne": "!=",
    "<": "<",
    ">": ">",
    r"\le": "<=",
    r"\ge": ">=",
    r"\approx": "approx",
    r"\in": "in",
    r"\notin": "notin",
    r"\subseteq": "subset",
    r"\equiv": "equiv",
}

ARROWS = frozenset({r"\Rightarrow", r"\Leftrightarrow", r"\therefore", r"\because"})

UNITS = _words(
    "mm cm dm km m mg g kg t ml mL L l s ms min h hr hour hours minute minutes second seconds day"
    " days week weeks month months year years N J kW Pa Hz mol rad inch inches ft feet foot mile"
    " miles mi yd yards mph km/h m/s m/s^2 dollar dollars cent cents people students"
    " 元 角 分 米 厘米 分米 毫米 千米 公里 克 千克 吨 升 毫升 秒 分钟 小时 天 人 个 只 本 次 倍"
    " 平方米 平方厘米 平方千米 立方米 立方厘米 千米/时 米/秒 岁 辆 名 件 支 棵 台"
)

LETTER_UNITS = _words("m s g h L N J W V l")

MONEY_SIGNS = frozenset("$£€¥")

MONEY = _words("cent cents 分 角 元")
"""Units of money that are not what a currency sign in the same text counts."""
