from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import QWebEngineProfile
from pytestqt.qtbot import QtBot

from tests.gui.watching import PAGE_MS, Shoot, evaluate
from tutor.gui.presenters.cards import Sheet, StepCard, TextCard
from tutor.gui.theme import LIGHT
from tutor.gui.web.scheme import PAGE
from tutor.gui.web.view import MathView


@pytest.fixture
def view(qtbot: QtBot, profile: QWebEngineProfile) -> Iterator[MathView]:
    made = MathView(profile, mode="solution")
    made.set_theme(LIGHT, LIGHT.paper)
    made.resize(760, 700)
    made.show()
    made.load_page()
    qtbot.waitUntil(lambda: made.is_settled, timeout=PAGE_MS)
    yield made
    made.page().deleteLater()
    made.deleteLater()


def test_a_formula_too_wide_is_scrolled_with_the_keyboard_and_wears_our_ring(
    qtbot: QtBot, view: MathView, shoot: Shoot
) -> None:
    show(qtbot, view, "$$" + "+".join(f"x_{{{n}}}" for n in range(80)) + "$$")
    wide = "[...document.querySelectorAll('*')].find((n) => n.scrollWidth > n.clientWidth + 50)"
    view.setFocus()
    page_input = view.focusProxy()
    assert page_input is not None
    qtbot.keyClick(page_input, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: evaluate(qtbot, view, f"document.activeElement === {wide}"))
    ring = f"getComputedStyle({wide}).outlineColor"
    accent = QColor(LIGHT.accent)
    assert evaluate(qtbot, view, ring) == f"rgb({accent.red()}, {accent.green()}, {accent.blue()})"
    qtbot.keyClick(page_input, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: evaluate(qtbot, view, f"{wide}.scrollLeft") > 0)
    shoot(view, "wide-formula")


def show(qtbot: QtBot, view: MathView, text: str, *, is_open: bool = False) -> None:
    card = TextCard(key="text", text=text, is_open=is_open)
    view.show_sheet(Sheet(cards=(card,)))
    qtbot.waitUntil(lambda: view.is_settled, timeout=PAGE_MS)


# What is left of a text when its formulas are taken out: each becomes [latex] or, on its own lines, [[latex]].
SEEN = """
(() => {
  const prose = document.querySelector("[data-key=text] .prose").cloneNode(true);
  for (const node of prose.querySelectorAll(".formula")) {
    const latex = node.querySelector("annotation").textContent;
    const display = node.classList.contains("display");
    node.replaceWith(display ? `[[${latex}]]` : `[${latex}]`);
  }
  return prose.textContent;
})()
"""

DELIMITERS = [
    ("so $x=2$ holds", "so [x=2] holds"),
    ("so $ x=2 $ holds", "so [x=2] holds"),
    (r"so \(x=2\) holds", "so [x=2] holds"),
    ("so $$x=2$$ holds", "so [[x=2]] holds"),
    (r"so \[x=2\] holds", "so [[x=2]] holds"),
    ("$$\nx=2\n$$", "[[x=2]]"),
    ("\\[\nx=1\n\n+1\n\\]", "[[x=1\n\n+1]]"),
    (r"\begin{aligned}a&=b\\&=c\end{aligned}", r"[[\begin{aligned}a&=b\\&=c\end{aligned}]]"),
    (r"\begin{align*}a&=b\end{align*} ends", r"[[\begin{align*}a&=b\end{align*}]] ends"),
    (r"$\begin{cases}x\\y\end{cases}$", r"[\begin{cases}x\\y\end{cases}]"),
    (r"hence \boxed{\frac{1}{2}}.", r"hence [\boxed{\frac{1}{2}}]."),
    ("已知$x=1$，求$y$。", "已知[x=1]，求[y]。"),
    ("the $n$th $x$-axis", "the [n]th [x]-axis"),
    ("$5$ is $2+3$", "[5] is [2+3]"),
    ("it costs $5 and $7", "it costs $5 and $7"),
    ("it costs $5, and $x$ is free", "it costs $5, and [x] is free"),
    ("pens at $5 each ($n$ of them)", "pens at $5 each ([n] of them)"),
    ("from $1,200 to $3,400", "from $1,200 to $3,400"),
    ("$20/$30", "$20/$30"),
    ("$5x$ and $10\\%$", "[5x] and [10\\%]"),
    (r"\$5 plus $x$", "$5 plus [x]"),
    ("**So $x=2$**, *indeed*", "So [x=2], indeed"),
    ("2 * 3 * 4 = 24 and 2*3*4", "2 * 3 * 4 = 24 and 2*3*4"),
    ("`$x$` is code", "$x$ is code"),
    ("one $ sign", "one $ sign"),
]


@pytest.mark.parametrize(("text", "seen"), DELIMITERS)
def test_every_way_to_write_a_formula_is_recognised(
    qtbot: QtBot, view: MathView, text: str, seen: str
) -> None:
    show(qtbot, view, text)
    assert evaluate(qtbot, view, SEEN) == seen
    assert evaluate(qtbot, view, "document.querySelectorAll('.katex-error').length") == 0


def test_markdown_becomes_its_elements(qtbot: QtBot, view: MathView) -> None:
    text = (
        "# Plan\n\nFirst **bold** and *italic*.\n1. one\n2. two\n- dot\n\n```\n$code$\n\nmore\n```"
    )
    show(qtbot, view, text)
    names = "[...document.querySelectorAll('.prose *')].map((node) => node.nodeName).join(' ')"
    assert evaluate(qtbot, view, names) == "H3 P STRONG EM OL LI OL LI UL LI PRE"
    assert evaluate(qtbot, view, "document.querySelectorAll('ol')[1].start") == 2


HOSTILE = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "$\\href{javascript:window.hacked=1}{x}$",
    "$\\htmlClass{a}{x}\\includegraphics{https://example.org/a.png}$",
    "$\\def\\a{\\a\\a}\\a$",
    "$\\rule{1000000em}{1000000em}$",
    "$" + "{" * 3000 + "}" * 3000 + "$",
    "[click](javascript:window.hacked=1)",
    "$\\text{<img src=x onerror=alert(1)>}$",
    "\ue0000\ue001 and \ue0007\ue001",
    "$\\unknown{x} \\frac{1}$",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(qtbot: QtBot, view: MathView, text: str) -> None:
    show(qtbot, view, f"{text} end")
    assert evaluate(qtbot, view, "window.hacked ?? null") is None
    elements = (
        "document.querySelectorAll('#sheet :is(script, img, a, iframe, object, form)').length"
    )
    assert evaluate(qtbot, view, elements) == 0
    assert "end" in evaluate(qtbot, view, "document.body.innerText")


@pytest.mark.qt_log_ignore("Not allowed to", "Refused to connect", "Fetch API cannot load")
def test_no_address_but_the_pages_own_can_be_opened_or_fetched(
    qtbot: QtBot, view: MathView, profile: QWebEngineProfile
) -> None:
    for address in ("https://example.org/", "file:///etc/passwd", "data:text/html,hello"):
        evaluate(qtbot, view, f"(location.href = {address!r}, 0)")
    fetched = (
        "(window.answers = [], ['https://example.org/', 'moonstep://page/../pyproject.toml', "
        "'moonstep://other/page.js'].forEach((url) => fetch(url).then("
        "() => window.answers.push('came'), () => window.answers.push('refused'))), 0)"
    )
    evaluate(qtbot, view, fetched)
    qtbot.waitUntil(lambda: len(evaluate(qtbot, view, "window.answers")) == 3)
    assert set(evaluate(qtbot, view, "window.answers")) == {"refused"}
    assert view.url() == QUrl(f"{PAGE}?mode=solution")
    assert profile.isOffTheRecord()


def test_a_formula_that_is_not_finished_is_not_shown_raw(qtbot: QtBot, view: MathView) -> None:
    show(qtbot, view, "so $$x = \\frac{1}{", is_open=True)
    text = evaluate(qtbot, view, "document.querySelector('.prose').innerText")
    assert "frac" not in text
    show(qtbot, view, "so $$x = \\frac{1}{2}$$ and", is_open=True)
    assert evaluate(qtbot, view, SEEN) == "so [[x = \\frac{1}{2}]] and"


def test_blocks_that_are_settled_are_never_rendered_again(qtbot: QtBot, view: MathView) -> None:
    blocks = [f"Paragraph {i} with $x_{{{i}}}$." for i in range(20)]
    show(qtbot, view, "\n\n".join(blocks), is_open=True)
    before = evaluate(qtbot, view, "moonstep.counts()")
    evaluate(qtbot, view, "(document.querySelector('.prose').children[3].dataset.seen = 'yes', 0)")
    for i in range(5):
        show(qtbot, view, "\n\n".join([*blocks, "More words" + "." * i]), is_open=True)
    after = evaluate(qtbot, view, "moonstep.counts()")
    assert after["formulas"] == before["formulas"]
    assert after["blocks"] - before["blocks"] <= 6
    mark = "document.querySelector('.prose').children[3].dataset.seen"
    assert evaluate(qtbot, view, mark) == "yes"


def test_a_verdict_that_comes_later_leaves_the_text_of_its_step_alone(
    qtbot: QtBot, view: MathView
) -> None:
    card = StepCard(key="step-1", number="1", title="Step 1", text="So $x=2$.")
    view.show_sheet(Sheet(cards=(card,)))
    qtbot.waitUntil(lambda: view.is_settled)
    before = evaluate(qtbot, view, "moonstep.counts().blocks")
    view.show_sheet(
        Sheet(
            cards=(StepCard(key="step-1", number="1", title="Step 1", text="So $x=2$.", note="!"),)
        )
    )
    qtbot.waitUntil(lambda: view.is_settled)
    assert evaluate(qtbot, view, "moonstep.counts().blocks") == before


STREAM = """
(() => {
  const lines = [...Array(264).keys()].map((i) =>
    `Line ${i}: $\\\\frac{${i}}{${i + 1}} + x_{${i}}^2$ holds${i % 6 ? "," : ".\\n\\n"} `);
  const text = lines.join("");
  const times = [];
  for (let end = 12; end < text.length; end += 12) {
    const start = performance.now();
    moonstep.show({ order: ["step-1"], follow: true, language: "en", says: "", cards: [{
      type: "StepCard", key: "step-1", number: "1", title: "Step 1", text: text.slice(0, end),
      is_open: true, mark: null, label: "", evidence: [], note: "" }] });
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { updates: times.length, median: times[times.length >> 1],
           p95: times[Math.floor(times.length * 0.95)], ...moonstep.counts() };
})()
"""


def test_a_stream_of_hundreds_of_formulas_stays_quick(
    qtbot: QtBot, view: MathView, record_testsuite_property: Callable[[str, object], None]
) -> None:
    measured = evaluate(qtbot, view, STREAM)
    for name, value in measured.items():
        record_testsuite_property(name, value)
    assert measured["formulas"] in (263, 264)
    assert measured["p95"] < 50


def test_the_page_comes_back_with_its_content_when_its_process_dies(
    qtbot: QtBot, view: MathView
) -> None:
    show(qtbot, view, "still $x$ here")
    with qtbot.waitSignal(view.page().renderProcessTerminated, timeout=PAGE_MS):
        os.kill(view.page().renderProcessPid(), signal.SIGKILL)
    with qtbot.waitSignal(view.loadFinished, timeout=PAGE_MS):
        pass
    qtbot.waitUntil(lambda: view.is_settled, timeout=PAGE_MS)
    assert evaluate(qtbot, view, SEEN) == "still [x] here"


def test_formulas_can_be_read_aloud(qtbot: QtBot, view: MathView, shoot: Shoot) -> None:
    show(qtbot, view, "\n\n".join(text for text, _ in DELIMITERS))
    assert evaluate(qtbot, view, "document.querySelectorAll('math').length") > 15
    shoot(view, "delimiters")
