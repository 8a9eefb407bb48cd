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

UNITS |= (
    _words(
        "meter meters metre metres centimeter centimeters centimetre centimetres millimeters kilometer"
        " kilometers kilometre kilometres gram grams kilogram kilograms liter liters litre litres"
        " milliliters pound pounds lb lbs ounce ounces oz gallon gallons quart quarts pint pints acre"
        " acres ton tons tonnes inches yard sq.cm 公顷 里 亩 公斤 斤 两 箱 条 张 座 头 块 袋 盒 瓶 根 道 册"
        " 千米/小时 平方分米 立方分米 立方厘米 毫克 毫秒"
    )
    | {
        f"{kind} {name}"
        for kind in ("square", "cubic", "sq")
        for name in (
            "meters",
            "metres",
            "centimeters",
            "feet",
            "inches",
            "units",
            "miles",
            "yards",
            "cm",
            "m",
        )
    }
    | {"miles per hour", "kilometers per hour", "meters per second", "feet per second", "units"}
)

NOT_COUNTED = _words(
    "times minus plus tens hundreds thousands millions billions trillions dozens scores pairs"
    " halves thirds quarters fourths fifths sixths eighths tenths hundredths thousandths percents"
    " degrees radians squares cubes thus implies equals gives yields less cross mins this does"
    " sides digits ones twos threes couples"
)
"""Words behind a number that count it again, or are no nouns."""

LETTER_UNITS = _words("m s g h L N J W V l")

MONEY_SIGNS = frozenset("$£€¥")

MONEY = _words("cent cents 分 角 元")
"""Units of money that are not what a currency sign in the same text counts."""
