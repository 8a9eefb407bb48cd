"""Units beside the numbers of answers: taken off, compared, converted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_LENGTH, _MASS, _TIME, _VOLUME, _MONEY = "length", "mass", "time", "volume", "money"
_COUNT = "count"

_TABLE: tuple[tuple[str, str, str], ...] = (
    (_LENGTH, "1/1000", "mm millimeter millimetre millimeters millimetres 毫米"),
    (_LENGTH, "1/100", "cm centimeter centimetre centimeters centimetres 厘米"),
    (_LENGTH, "1/10", "dm decimeter decimeters 分米"),
    (_LENGTH, "1", "m meter metre meters metres 米"),
    (_LENGTH, "1000", "km kilometer kilometre kilometers kilometres 千米 公里"),
    (_LENGTH, "254/10000", "in inch inches 英寸"),
    (_LENGTH, "3048/10000", "ft foot feet 英尺"),
    (_LENGTH, "9144/10000", "yd yard yards"),
    (_LENGTH, "1609344/1000", "mi mile miles 英里"),
    (_MASS, "1/1000000", "mg milligram milligrams 毫克"),
    (_MASS, "1/1000", "g gram grams 克"),
    (_MASS, "1", "kg kilogram kilograms 千克 公斤"),
    (_MASS, "1000", "t ton tons tonne tonnes 吨"),
    (_TIME, "1", "s sec second seconds 秒 秒钟"),
    (_TIME, "60", "min mins minute minutes 分钟"),
    (_TIME, "3600", "h hr hrs hour hours 小时 时"),
    (_TIME, "86400", "day days 天 日"),
    (_TIME, "604800", "week weeks 周 星期"),
    ("months", "1", "month months 月 个月"),
    ("months", "12", "year years 年 岁 周岁 year-old years-old"),
    (_VOLUME, "1/1000000", "ml mL milliliter milliliters millilitres 毫升"),
    (_VOLUME, "1/1000", "l L liter litre liters litres 升"),
    (_MONEY, "1", "dollar dollars USD"),
    (_MONEY, "1/100", "cent cents ¢"),
    ("yuan", "1", "元 圆 yuan 元钱 RMB"),
    ("yuan", "10000", "万元"),
    ("yuan", "1/10", "角"),
    ("sterling", "1", "£"),
    ("euro", "1", "€ euro euros"),
    ("speed of miles", "1", "mph"),
    ("force", "1", "N newton newtons 牛 牛顿"),
    ("energy", "1", "J joule joules 焦 焦耳"),
    ("power", "1", "W watt watts 瓦"),
    ("power", "1000", "kW 千瓦"),
    (
        _COUNT,
        "1",
        "people persons students children apples books units unit items ways sides times boys girls pieces"
        " 人 个 名 只 本 次 种 条 位 棵 辆 张 支 件 块 台 倍 道 题 组 份 单位 瓶 箱 头 户 页 层 双 朵 颗 盒 套 间 枚 根 座 艘 把 面 个人 名学生 种方法 个单位",
    ),
)
_BASE = {
    name: (dimension, Fraction(factor))
    for dimension, factor, names in _TABLE
    for name in names.split()
}
_CHINESE = {"平方": 2, "立方": 3}
_ENGLISH = {"square": 2, "sq": 2, "cubic": 3}
_ENGLISH_WORD = re.compile(
    r"(?:(square|sq|cubic)\.?\s+)?([A-Za-z¢-]+)(?:\s*\^?\s*\{?\s*([23²³])\s*\}?)?"
)
_CHINESE_WORD = re.compile(r"(平方|立方)?([\u4e00-\u9fff]+)")
_TAIL = re.compile(
    r"(?P<number>.*?[\d)}\]a-zA-Zπ%])(?P<gap>(?:\s|\\[,;! ]|~|\\q?quad)*)"
    r"(?:\\(?:text(?:rm|bf|it)?|mathrm|mbox|rm|operatorname)\s*\{(?P<worded>[^{}]*)\}(?P<power>\s*(?:\^\s*\{?\s*[23]\s*\}?|[²³])?)"
    r"|(?P<bare>(?:平方|立方)?[\u4e00-\u9fff][\u4e00-\u9fff/每]*|(?:(?:square|sq|cubic)\.?\s+)?[A-Za-z]+[²³]?(?:\s*(?:\^\s*\{?[23]\}?))?(?:\s*(?:/|per)\s*[A-Za-z]+[²³]?(?:\^\{?[23]\}?)?)?))\s*",
    re.DOTALL,
)
_MONEY_SIGN = re.compile(
    r"\s*(-?)\s*(?P<sign>\\\$|\$|US\$|¥|￥|£|\\pounds|€)\s*(?P<number>[\d.,{}]+)\s*"
)
_MONEY_NAMES = {"¥": "元", "￥": "元", "£": "£", r"\pounds": "£", "€": "€"}
_INVERSE = re.compile(
    r"(?:\\[,;! ]|\s)*(?:\\(?:text|mathrm)\s*\{)?\s*(k?m|cm|mm)(?:\\[,;! ]|\s|\})*\s*(?:\\(?:text|mathrm)\s*\{)?\s*([sh])\s*\}?"
    r"\s*(?:\^\s*\{?\s*-\s*|⁻)([12¹²])\s*\}*\s*$"
)
"""`m s^{-1}` and its kin."""
_DEGREE_WORDS = frozenset({"degree", "degrees", "deg", "度"})
_PERCENT_WORDS = frozenset({"percent", "per cent"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit.

    Attributes:
        dimension: What it measures, as powers of what it is made of.
        factor: How many of the dimension's own unit it is.
        name: How it was written.
        is_letter: Whether it was a bare letter right at the number, which may be a variable.
    """

    dimension: tuple[tuple[str, int], ...]
    factor: Fraction
    name: str
    is_letter: bool = False

    @property
    def is_count(self) -> bool:
        """Whether it only says what is counted."""
        return all(base == _COUNT for base, _ in self.dimension)


def split_unit(text: str) -> tuple[str, Unit | None]:
    """An answer's number, and the unit that stands beside it.

    Degrees and percent are no units here but signs that the formula keeps.
    """
    if (money := _MONEY_SIGN.fullmatch(text)) is not None:
        unit = read_unit(_MONEY_NAMES.get(money["sign"], "dollars"))
        return money[1] + money["number"], unit
    text = _INVERSE.sub(_with_fraction, text)
    match = _TAIL.fullmatch(text)
    if match is None:
        return text, None
    number = match["number"].strip()
    name = (match["worded"] if match["worded"] is not None else match["bare"]).strip(" .\\,")
    if name in _DEGREE_WORDS:
        return rf"{number}^\circ", None
    if name in _PERCENT_WORDS:
        return rf"{number}\%", None
    power = re.sub(r"[^23²³]", "", match["power"] or "")
    unit = read_unit(f"{name}^{power}" if power else name)
    if unit is None or not re.search(r"\d|\\frac|\\sqrt|\\pi|π|[)}\]]$", number):
        return text, None
    is_letter = match["worded"] is None and name.isascii() and len(name) == 1 and not match["gap"]
    return number, Unit(unit.dimension, unit.factor, name, is_letter=is_letter)


def _with_fraction(match: re.Match[str]) -> str:
    power = "" if match[3] in "1¹" else "^2"
    return rf"\text{{ {match[1]}/{match[2]}{power}}}"


def read_unit(name: str) -> Unit | None:
    """The unit of that name: `cm^2`, `km/h`, `square metres`, `平方厘米`, `米/秒`."""
    top, bottom = _halves(name)
    above = _simple(top)
    below = _simple(bottom) if bottom else None
    if above is None or (bottom and below is None):
        return None
    (dimension, factor) = above
    powers = dict(dimension)
    if below is not None:
        factor /= below[1]
        for base, power in below[0]:
            powers[base] = powers.get(base, 0) - power
    left = tuple(sorted((base, power) for base, power in powers.items() if power))
    return Unit(left, factor, name)


def _halves(name: str) -> tuple[str, str]:
    top, _, bottom = re.sub(r"\s+per\s+|每|\\/", "/", name).partition("/")
    return top.strip(), bottom.strip()


def _simple(name: str) -> tuple[tuple[tuple[str, int], ...], Fraction] | None:
    found = _named(name)
    if found is None:
        return None
    base, power = found
    dimension, factor = _BASE[base]
    if dimension == _VOLUME and power == 1:
        return ((_LENGTH, 3),), factor
    return ((dimension, power),), factor**power


def _named(name: str) -> tuple[str, int] | None:
    """The plain unit and the power of `cm^2`, `square metres`, `平方米`."""
    if name in _BASE:
        return name, 1
    english = _ENGLISH_WORD.fullmatch(name)
    if english is not None:
        power = _ENGLISH.get(english[1] or "", 1)
        power = {"2": 2, "²": 2, "3": 3, "³": 3}.get(english[3] or "", power)
        return next(((n, power) for n in (english[2], english[2].lower()) if n in _BASE), None)
    chinese = _CHINESE_WORD.fullmatch(name)
    if chinese is not None and chinese[2] in _BASE:
        return chinese[2], _CHINESE.get(chinese[1] or "", 1)
    return None


def units_in(problem: str) -> tuple[Unit, ...]:
    """The units that a problem speaks of, as far as their names are words or stand behind a number."""
    names = re.findall(
        r"(?:(?:square|cubic)\s+)?[A-Za-z]{2,}(?:\^\{?[23]\}?|[²³])?(?:/[A-Za-z]+)?", problem
    )
    names += re.findall(r"\d\s*(?:\\(?:text|mathrm)\s*\{\s*)?([A-Za-z]{1,2})\b", problem)
    chinese = "|".join(sorted((n for n in _BASE if not n.isascii()), key=len, reverse=True))
    names += [a + b for a, b in re.findall(rf"(平方|立方)?({chinese})", problem)]
    found = [read_unit(name.strip()) for name in names]
    return tuple(unit for unit in found if unit is not None)
