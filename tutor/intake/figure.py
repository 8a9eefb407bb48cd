"""Does the text speak of a drawing that it does not bring?"""

from __future__ import annotations

import re

_CHINESE = (
    r"如(?:下|右|左|上|附)?图(?!书|案|形|象|像)",
    r"图[形象像]?如[下右图]",
    r"(?:下|右|左|上|附|示意)图(?:所示|中|是|为|表示)",
    r"(?:看|观察|根据|由|依据|结合|按)(?:下|右|左|上|此|该)?(?:统计|示意|条形|折线|扇形)?图(?!形的面积|论|书|灵)",
    r"见(?:下|右|左|上|附)?图(?!书|灵)",
    r"观察(?:下[列面]|以下|这[些组])(?:的|各|一组|几[个幅]){0,2}(?:图[形案片]?|几何体)",
    r"绘制了?.{0,40}(?:茎叶图|直方图|散点图|统计图|雷达图|折线图|条形图|扇形图)[，,]\s*图中",
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
    r"(?<![\w-])(?:figure|fig\.?|diagram)\s*\(?\d{1,2}\b",
    r"\b(?:in|from|on|of|using|see|to)\s+the\s+(?:accompanying\s+|following\s+|above\s+|given\s+)?(?:figure|diagram|drawing|sketch|fig\.)(?![\s-]+skat)",
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
    r"\bthis\s+(?:graph|figure|diagram|chart)\b(?![\s-]+skat)",
    r"\bgraphs?\b[^.?!]{0,80}\b(?:is|are)\s+shown\b(?!\s+(?:that|to|by|in\s+(?:equation|\()))",
    r"\b(?:refer(?:ring)?\s+to|look(?:ing)?\s+at|see|according\s+to|based\s+on)\s+the\s+(?:\w+\s+)?graph\b(?!\s+of\s+\$[^$]*=)",
    r"\bus(?:e|ing)\s+the\s+(?:\w+\s+)?graph\b(?!\s+of\s+(?:the\s+(?:function|line|equation)\s+)?\$[^$]*=)",
    r"(?<![\w,;] )\bfrom\s+the\s+graph\b|\b(?:read|estimated?|seen)\b[^.]{0,40}\bfrom\s+the\s+graph\b",
    r"\b(?:the|following)\s+(?:[\w-]*(?:bar|circle|line|pie)\s+)?(?:graph|chart)\s+shows?\b(?!\s+that)",
    r"\bfollowing\s+(?:[\w-]*(?:bar|circle|line|pie)\s+)(?:graph|chart)\b",
    r"\bwhich\s+of\s+(?:these|the\s+following)\s+(?:pictures|diagrams|drawings|graphs\s+(?:best\s+)?(?:shows?|represents?))\b",
    r"\bthe\s+(?:figure|triangle|circle|square|rectangle|parallelogram|trapezoid|rhombus|quadrilateral|\w+gon|region|shape|curve|parabola"
    r"|solid|prism|pyramid|angles?|graphs?)\s+shown\b(?!\s+(?:that|to|by|in\s+(?:equation|\()))",
    r"\bas\s+can\s+be\s+seen\s+(?:below|above|here)\b|\bshown\s+(?:below|above)\s+(?:on|at|to)\s+the\s+(?:right|left)\b",
    r"\bas\s+(?:shown|pictured)\s+(?:below|above|here)(?=[.,;)])",
    r"\bthe\s+(?:\w+\s+)?marked\s+angles?\b",
    r"\bpictured\b",
)
_CUES = re.compile("|".join((*_CHINESE, *_ENGLISH)), re.IGNORECASE)
_IMAGE = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|\\includegraphics|<img\b|\\begin\s*\{(?:tikzpicture|pspicture|asy|figure)\*?\}",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"\bgraph\s+theory\b|\b(?:simple|connected|complete|directed|undirected|planar|bipartite|regular|weighted)\s+(?:\w+\s+)?graphs?\b"
    r"|\b(?:vertex|vertices|nodes?)\b.{0,80}\bedges?\b|\bedges?\b.{0,80}\b(?:vertex|vertices|nodes?)\b|\bchromatic\b"
    r"|图论|(?:简单|连通|完全|有向|无向|平面|二[部分])图|顶点.{0,40}条边|条边.{0,40}顶点",
    re.IGNORECASE | re.DOTALL,
)
"""Words of graph theory, where a graph is no drawing."""
_OF_A_GRAPH = re.compile(r"\bgraphs?\b|^(?:图中|[由按此根据]{1,2}[此该]?图)", re.IGNORECASE)
_OWN_DRAWING = re.compile(
    r"(?:画|作|绘制?)出?.{0,12}(?:图|草图|示意图)|\b(?:draw|sketch|plot)\b", re.IGNORECASE
)


def figure_cues(text: str) -> tuple[str, ...]:
    """The words that speak of a drawing the text does not bring, in order and without repeats.

    A text that only asks to *draw* something needs none.
    """
    found = [match.group().strip(" ,，.．:：、") for match in _CUES.finditer(text)]
    found += [match.group()[:40] for match in _IMAGE.finditer(text)]
    if _NETWORK.search(text):
        found = [cue for cue in found if not _OF_A_GRAPH.search(cue)]
    drawing = _OWN_DRAWING.sub("", text)
    return tuple(dict.fromkeys(cue for cue in found if cue and cue in drawing))
