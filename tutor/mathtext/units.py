"""Words that stand beside numbers: units, and words that change what a number means."""

from __future__ import annotations

_DIMENSIONS = {
    "time": "second sec s minute min hour hr h day week fortnight month year decade century weekday workday"
    " 秒 分钟 小时 时 天 周 星期 个月 年",
    "length": "inch in foot feet ft yard yd mile mi km m cm mm kilometer kilometre meter metre centimeter centimetre"
    " millimeter millimetre block lap 毫米 厘米 分米 米 千米 公里",
    "mass": "g gram kg kilogram mg pound lb ounce oz ton tonne 毫克 克 千克 公斤 斤 吨",
    "volume": "l liter litre ml milliliter millilitre gallon quart pint cup tablespoon teaspoon tbsp tsp 毫升 升",
    "money": "$ £ € ¥ dollar cent penny pennies nickel dime quarter yuan euro 元 角 分 buck",
    "angle": "degree radian",
    "speed": "mph kph",
    "pack": "pack package box boxes case carton dozen pair bag",
    "area": "acre hectare 平方厘米 平方分米 平方米 公顷 平方千米",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DIMENSION_OF = {word: name for name, words in _DIMENSIONS.items() for word in words.split()}
_SAME = {
    "dollar": "$",
    "buck": "$",
    "feet": "foot",
    "ft": "foot",
    "hr": "hour",
    "h": "hour",
    "min": "minute",
    "sec": "second",
    "s": "second",
    "lb": "pound",
    "oz": "ounce",
    "yd": "yard",
    "mi": "mile",
    "元": "¥",
    "￥": "¥",
    "yuan": "¥",
    "boxes": "box",
    "weekday": "day",
    "workday": "day",
    "kilometer": "km",
    "kilometre": "km",
    "meter": "m",
    "metre": "m",
    "时": "小时",
    "星期": "周",
    "公里": "千米",
    "公斤": "千克",
}

GLUED = _words("km cm mm m kg g mg lb lbs oz ft mph kph l ml hr hrs min mins s h")
"""Units that are written directly behind a number."""

STOPS = _words(
    "a an the of for in at from to into is are was were be and or on with by that which who so then because since when"
    " if as after before than i we he she it they you this these those but thus therefore hence while where also"
    " plus minus times divided multiplied will would can must gives give has have had get gets both only"
)
"""Words that no unit has: what stands before and behind them does not belong together."""

SCALES = _words(
    "dozen dozens hundred hundreds thousand thousands million millions billion billions trillion trillions half halves"
    " third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh eighth eighths ninth tenth tenths"
    " hundredth hundredths thousandth thousandths am pm o'clock squared cubed point remainder mod modulo base factorial"
    " choose degrees radians score gross 万 亿 千 百 半 倍 余 点 成 折"
)
"""Words that change the value of the number before them, or the sense of the sum."""

AFTER = _words("of times plus minus more less fewer than divided multiplied raised r rem 余 的 倍")
"""Words behind a number that make it a part of something longer."""

BEFORE = _words(
    "times plus minus by half twice double triple thrice third quarter fourth fifth root roots square cube cubed average"
    " mean median mod modulo product quotient difference ratio remainder than less more fewer percent percentage over"
    " log logarithm negative factorial lcm gcd gcf hcf max min sine cosine tangent base doubled tripled plus, index power"
    " exponent multiplied divided subtracted fraction floor ceiling"
)
"""Words before a number that may belong to the sum without being read with it."""


def singular(word: str) -> str:
    """The word a unit is known by."""
    word = word.rstrip(".")
    if word not in _DIMENSION_OF and word.endswith("s") and len(word) > 2:
        word = word[:-1]
    return _SAME.get(word, word)


def dimension(unit: str) -> str:
    """What a unit measures; empty for words that are no unit of measurement."""
    return next((d for u, d in _DIMENSION_OF.items() if u == unit or _SAME.get(u) == unit), "")


def may_differ(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sides count in units that differ, so that their numbers may differ too."""
    for unit in right:
        name = dimension(unit)
        beside = {other for other in left if dimension(other) == name}
        if name and beside and unit not in beside:
            return True
    return False
