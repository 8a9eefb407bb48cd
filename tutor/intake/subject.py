"""Does a text speak of mathematics at all?"""

from __future__ import annotations

import re

_SIGNS = r"\$|\\[A-Za-z(\[]|[\d²³¹⁰-⁹₀-₉½¼¾①-⑳+×÷=<>≤≥≠≈±√^∑∏∫∂∞π∈∪∩⊂∅%％°∠△⊥∥]|[a-zA-Z)]\s*[*/|]\s*[a-zA-Z(]"
_LETTERS = r"\b[a-zA-Z]\s*\(\s*[a-z]\s*\)|\b[xyznXYZN]\b|\b(?:sin|cos|tan|cot|log|ln|lim|exp|sqrt|pi)[a-z]?\b"
_NUMBER_WORDS = (
    r"\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|dozen|half|halves|quarters?|thirds?"
    r"|fourths?|fifths?|twice|thrice|double[sd]?|triple[sd]?|twins?)\b"
)
_TASKS = (
    r"\b(?:prove|show\s+that|disprove|solve|comput\w+|calculat\w+|evaluate|simplify|factor\w*|expand|differentiate|integrate"
    r"|derive|how\s+(?:many|much|far|fast)|find\s+all|plus|minus|times|divided\s+by|multipl\w+|divi\w+|subtract\w*|percent\w*)\b"
)
_TERMS = (
    r"\b(?:math\w*|algebra\w*|geometr\w*|arithmetic\w*|calculus|trigonometr\w*|theorem|lemma|proof|axiom|conjecture|numbers?"
    r"|integers?|digits?|primes?|fractions?|decimals?|rational|irrational|equations?|inequalit\w+|expressions?|variables?|functions?"
    r"|polynomials?|quadratic\w*|linear|cubic|roots?|exponent\w*|logarithm\w*|factorial|sums?|product|quotient|remainder|ratio"
    r"|proportion\w*|average|median|variance|deviation|probabilit\w*|permutations?|combinations?|sequences?|series|limits?"
    r"|derivatives?|integrals?|antiderivatives?|matrix|matrices|determinants?|eigen\w+|vectors?|angles?|triangles?|squares?"
    r"|rectangles?|circles?|polygons?|\w+gons?|cubes?|spheres?|cylinders?|cones?|prisms?|pyramids?|parallel\w*|perpendicular"
    r"|diagonals?|perimeter|circumference|areas?|volume|radius|radii|diameter|parabolas?|ellipses?|hyperbolas?|slopes?|tangents?"
    r"|sine|cosine|congruent|converge\w*|diverge\w*|continuous|infinit\w+|even|odd|modulo|divisib\w+|graphs?|subsets?|bijecti\w+"
    r"|injecti\w+|surjecti\w+|isomorphi\w+|distance|midpoint|larg\w+|greatest|smallest|older|younger|altogether|dice|coins?|curves?|figures?|diagrams?|pictures?)\b"
)
_CHINESE = (
    r"[二三四五六七八九十百千万亿两半几]|多少|一元|证明|求证|求[^助救职婚]|计算|化简|解方程|方程|不等式|因式|展开|数学|代数|几何|算术|算式|函数"
    r"|数列|导数|积分|微分|极限|概率|统计|排列|组合|向量|矩阵|行列式|集合|子集|整数|分数|小数|质数|素数|奇数|偶数|自然数|实数|有理数|无理数|复数|倍数"
    r"|因数|约数|余数|之和|之差|之积|平方|立方|开方|根号|乘|除以|除法|加上|加法|减去|减法|等于|大于|小于|运算|补角|角形|边形|方体|视图|如图|图中|圆|面积|体积|周长|半径|直径|角度"
    r"|平行|垂直|对称|斜率|抛物线|椭圆|双曲线|定理|公式|勾股|比例|百分|平均|中位数|方差|正弦|余弦|正切|对数|指数|收敛|发散|连续|可导|无穷|数字|值域"
)
_MATHEMATICS = re.compile(
    "|".join((_SIGNS, _LETTERS, _NUMBER_WORDS, _TASKS, _TERMS, _CHINESE)), re.IGNORECASE
)


def speaks_of_mathematics(text: str) -> bool:
    """Whether a text holds a formula, a number (in digits or words), or a word of mathematics.

    A greeting does not; when in doubt a text does.
    """
    has_words = any(character.isalnum() for character in text)
    return has_words and _MATHEMATICS.search(text) is not None
