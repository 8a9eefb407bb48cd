"""Hostile and silly inputs by every route from text to algebra: nothing hangs, nothing runs, nothing false is said.

A row of the table is `{id, route, text, expect}`; a text is a string, or pieces of which `[piece, n]` stands n times.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tutor.cas.client import CasClient
from tutor.cas.requests import (
    CasRequest,
    CasResult,
    CheckAnswer,
    CheckClaim,
    Context,
    Finding,
    Outcome,
    Sampled,
    SamplePlot,
    Truth,
)
from tutor.cas.worker import MEMORY_LIMIT
from tutor.checking.claims import claim_of, find_statements
from tutor.checking.grading import grade
from tutor.cli.main import run_command
from tutor.core.check import Claim, ClaimKind, Evidence
from tutor.core.errors import InputError, LatexError
from tutor.core.plot import PlotSpec
from tutor.core.problem import Goal, Latex, Task
from tutor.intake.goal import read_goal
from tutor.intake.reading import read_problem
from tutor.mathtext.chains import split_chains
from tutor.support.codec import encode

pytestmark = pytest.mark.worker

TABLE = Path(__file__).parents[1] / "golden" / "hostile.jsonl"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()
]
CHECK, ANSWER = 2.0, 5.0
"""Seconds that a check and an answer's check may take."""
KILL = 0.5
"""Seconds that a kill, or the first check after one, may take."""
FORBIDDEN = {
    "open": (Truth.HOLDS, Truth.FAILS),
    "false": (Truth.HOLDS,),
    "true": (Truth.FAILS,),
}
SURE = CheckClaim(claim=claim_of(split_chains("2+2=4")[0]), context=Context())
FINE = Goal(task=Task.SOLVE, given=(Latex("x^2=4"),), unknowns=("x",))


@pytest.fixture(scope="module")
def client() -> Iterator[CasClient]:
    with CasClient() as one:
        assert one.ask(SURE, deadline=60).outcome is Outcome.ANSWERED
        yield one


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    """A file that only code hidden in a text would make."""
    path = tmp_path / "canary"
    yield path
    assert not path.exists()


def written(text: str | list[Any], canary: Path) -> str:
    pieces = [text] if isinstance(text, str) else text
    whole = "".join(p if isinstance(p, str) else p[0] * p[1] for p in pieces)
    return whole.replace("@CANARY@", str(canary))


def rows(*routes: str) -> Any:
    found = [row for row in ROWS if row["route"] in routes]
    return pytest.mark.parametrize("row", found, ids=[row["id"] for row in found])


def processes(client: CasClient) -> list[psutil.Process]:
    workers = (client._busy, client._warm)
    return [psutil.Process(one.pid) for one in workers if one is not None and one.is_alive]


def ask(client: CasClient, request: CasRequest, deadline: float) -> CasResult:
    """Ask with a warm worker behind, so that what comes after a kill is measured, not a start."""
    if client._warm is not None:
        client._warm.greet()
    started = time.monotonic()
    result = client.ask(request, deadline=deadline)
    assert time.monotonic() - started < deadline + KILL
    assert all(one.memory_info().rss < MEMORY_LIMIT for one in processes(client))
    if result.outcome is not Outcome.ANSWERED:
        started = time.monotonic()
        answer = client.ask(SURE, deadline=CHECK).answer
        assert time.monotonic() - started < KILL
        assert isinstance(answer, Finding)
        assert answer.truth is Truth.HOLDS
    return result


def assert_open(result: CasResult, expect: str) -> None:
    if isinstance(result.answer, Finding):
        assert result.answer.truth not in FORBIDDEN[expect], result.answer
        assert_says(result.answer.evidence)


def assert_says(evidence: Evidence | None) -> None:
    if evidence is not None:
        assert "<class" not in evidence.message.format(**evidence.details)


def stated(latex: str) -> list[Claim]:
    """The statements of a formula, and all of it as one, however long."""
    whole = Claim(kind=ClaimKind.EQUALITY, latex=Latex(latex), sides=(Latex(latex),))
    return [whole, *(claim_of(chain) for chain in split_chains(latex))]


@rows("claim")
def test_a_claim(row: dict[str, Any], client: CasClient, canary: Path) -> None:
    for claim in stated(written(row["text"], canary)):
        request = CheckClaim(claim=claim, context=Context())
        assert_open(ask(client, request, CHECK), row["expect"])


@rows("step")
def test_a_step(row: dict[str, Any], client: CasClient, canary: Path) -> None:
    for statement in find_statements(written(row["text"], canary)):
        request = CheckClaim(claim=statement.claim, context=Context())
        if statement.source is None:
            assert_open(ask(client, request, CHECK), row["expect"])


@rows("given", "target")
def test_a_context(row: dict[str, Any], client: CasClient, canary: Path) -> None:
    text = Latex(written(row["text"], canary))
    given, target = ((text,), None) if row["route"] == "given" else ((), text)
    claim = claim_of(split_chains("x + 1 = f(2)")[0])
    request = CheckClaim(claim=claim, context=Context(given=given, target=target))
    assert_open(ask(client, request, CHECK), row["expect"])


@rows("answer")
def test_an_answer(row: dict[str, Any], client: CasClient, canary: Path) -> None:
    goal = FINE
    if "task" in row:
        goal = Goal(task=Task(row["task"]), target=Latex(row["target"]))
    elif "given" in row:
        goal = Goal(task=Task.SOLVE, given=tuple(map(Latex, row["given"])))
    request = CheckAnswer(goal=goal, answer=Latex(written(row["text"], canary)))
    expect = "false" if row["expect"] == "open" else row["expect"]
    assert_open(ask(client, request, ANSWER), expect)


@rows("plot")
def test_a_plot(row: dict[str, Any], client: CasClient, canary: Path) -> None:
    spec = PlotSpec(expressions=(Latex(written(row["text"], canary)),))
    result = ask(client, SamplePlot(spec=spec), ANSWER)
    assert result.answer is None or isinstance(result.answer, Sampled)
    assert "<class" not in str(encode(result.answer) if result.answer else "")


@rows("problem", "goal")
def test_a_problem(row: dict[str, Any], client: CasClient, canary: Path) -> None:
    text = written(row["text"], canary)
    started = time.thread_time()
    try:
        goal = read_goal(read_problem(text).text if row["route"] == "problem" else text)
    except (InputError, LatexError):
        goal = FINE
    assert time.thread_time() - started < KILL
    request = CheckAnswer(goal=goal, answer=Latex("x = 77"))
    assert_open(ask(client, request, ANSWER), "false")


@rows("grade")
def test_a_graded_answer(row: dict[str, Any], client: CasClient, canary: Path) -> None:
    text = written(row["text"], canary)
    started = time.monotonic()
    for expected, given in (("2", text), (text, "2")):
        graded = grade(expected, given, "", client)
        assert not graded.grade.accepts
        assert_says(graded.why)
        assert_says(graded.evidence)
    assert time.monotonic() - started < 2 * ANSWER


def test_a_file_of_rows(canary: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [(row["id"], written(row["text"], canary)) for row in ROWS if row["route"] == "rows"]
    answers = [{"id": i, "expected": "2", "given": text, "problem": text} for i, text in texts]
    file = tmp_path / "bank.jsonl"
    file.write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
    assert run_command(["grade", "--jsonl", str(file)]) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in printed] == [row["id"] for row in answers]
    assert {row["grade"] for row in printed} <= {"wrong", "unread", "undecided", "partly correct"}


@pytest.mark.skipif(sys.platform != "linux", reason="psutil shows limits on Linux only")
def test_a_worker_has_its_limit_of_memory(client: CasClient) -> None:
    for one in processes(client):
        assert one.rlimit(psutil.RLIMIT_AS)[0] == MEMORY_LIMIT


def test_the_table_is_long_enough_and_its_names_differ() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 90
