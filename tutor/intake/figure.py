"""Does the text speak of a drawing that it does not bring?"""

from __future__ import annotations

import re

_CHINESE = (
    r"如(?:下|右|左|上|附)?图(?!书|案|形|象|像)",
    r"图[形象像]?如[下右图]",
    r"(?:下|右|左|上|附|示意)图(?:所示|中|是|为|表示)",
    r"(?:看|观察|根据|由|依据|结合|按)(?:下|右|左|上|此|该)?(?:统计|示意|条形|折线|扇形)?图(?!形的面积)",
    r"图\s*(?:\d+|[一二三四五六甲乙①②③④])(?!\d*[\u4e00-\u9fff]*书)",
    r"图中(?:的)?(?:阴影|所示|标|点|[A-Z$\\∠△])",
    r"阴影部分",
    r"(?:右|左|下|上)[边面](?:的|各)?(?:程序框图|流程图|钟面|图|方格|表格)",
    r"执行.{0,8}程序框图",
    r"(?:如下|此|得到?|上述).{0,4}(?:茎叶图|直方图|散点图|统计图|雷达图|折线图|条形图|扇形图)",
    r"图[象像](?:大致|可能)(?:是|为|$)",
    r"下列.{0,8}(?:图案|图形|标志|几何体)中",
    r"(?:数轴|坐标系|方格纸?|网格)(?:如图|所示)",
)
_ENGLISH = (
    r"\[asy\]",
    r"\b(?:in|from|on|of|using|see|to)\s+the\s+(?:accompanying\s+|following\s+|above\s+|given\s+)?(?:figure|diagram|drawing|sketch|fig\.)",
    r"\b(?:in|from|see)\s+the\s+(?:accompanying\s+|following\s+|above\s+|given\s+)?picture\b",
    r"\b(?:figure|diagram|picture|graph|chart|drawing|triangle|circle|grid|number\s+line|rectangle|polygon|quadrilateral)\s+(?:is\s+)?(?:shown\s+)?(?:below|above|at\s+(?:the\s+)?(?:right|left)|to\s+the\s+(?:right|left)|on\s+the\s+(?:right|left))\b",
    r"\bthe\s+(?:figure|diagram|picture|drawing|chart)\s+(?:shows?|is\s+(?:shown|drawn))\b",
    r"\bshown\s+in\s+the\s+(?:figure|diagram|picture|graph)\b",
    r"\bgraphed\s+(?:below|above|here)\b|\bbelow\s+is\s+(?:the|a)\s+(?:graph|diagram|figure|picture|chart)\b",
    r"\bnet\s+on\s+the\s+(?:right|left)\b|\bthe\s+(?:object|tessellation|solid|pattern|net)\s+shown\b",
    r"\b(?:pictured|illustrated|drawn)\s+(?:below|above|here|at\s+(?:the\s+)?right)\b",
    r"(?:\}\$?|\\triangle[^.]{0,12}|triangle\s+\$?[A-Z]{3}\$?),?\s+(?:is\s+)?shown\b(?!\s+(?:that|to))",
    r"\bas\s+(?:shown|pictured|illustrated)\b(?!\s+(?:that|by|in\s+(?:equation|\())) ?(?=[.,;)]|$)",
    r"\b(?:shaded|unshaded)\s+(?:region|area|part|portion)s?\b",
    r"\bthis\s+(?:graph|figure|diagram|chart)\b",
    r"\bpictured\b",
)
_CUES = re.compile("|".join((*_CHINESE, *_ENGLISH)), re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|\\includegraphics")
_OWN_DRAWING = re.compile(
    r"(?:画|作|绘制?)出?.{0,12}(?:图|草图|示意图)|\b(?:draw|sketch|plot)\b", re.IGNORECASE
)


def figure_cues(text: str) -> tuple[str, ...]:
    """The words that speak of a drawing the text does not bring, in order and without repeats.

    A text that only asks to *draw* something needs none.
    """
    found = [match.group().strip(" ,，.．:：、") for match in _CUES.finditer(text)]
    found += [match.group()[:40] for match in _IMAGE.finditer(text)]
    drawing = _OWN_DRAWING.sub("", text)
    return tuple(dict.fromkeys(cue for cue in found if cue and cue in drawing))
