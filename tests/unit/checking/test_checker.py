"""The queue of claims and the judgement."""

from __future__ import annotations

import queue

from tests.fakes import FakeCas
from tutor.cas.requests import CasResult, CheckClaim, Outcome, Truth
from tutor.checking.checker import Checker, StepCheck
from tutor.core.check import Verdict, Why
from tutor.core.problem import Goal, Latex, Task
from tutor.core.solution import Step

GOAL = Goal(task=Task.SOLVE, given=(Latex("x^2=4"),))


class Bench:
    """A checker with a fake CAS, run until nothing is left."""

    def __init__(self, truths: dict[str, Truth | Outcome]) -> None:
        self.cas = FakeCas(truths)
        self.results: queue.SimpleQueue[CasResult] = queue.SimpleQueue()
        self.checker = Checker(self.cas, GOAL, self.results.put)

    def check(self, *texts: str) -> list[tuple[int, str, Verdict]]:
        for index, text in enumerate(texts, start=1):
            self.checker.add_step(Step(index=index, text=text))
        return self.run()

    def run(self) -> list[tuple[int, str, Verdict]]:
        return [(d.step, d.check.claim.latex, d.check.verdict) for d in self.raw()]

    def raw(self) -> list[StepCheck]:
        done = list(self.checker.start())
        while self.checker.is_busy:
            done += self.checker.take(self.results.get_nowait())
        return done


def test_findings_become_verdicts() -> None:
    bench = Bench({"a=1": Truth.HOLDS, "b=2": Truth.FAILS, "c=3": Truth.HOLDS_SOMETIMES})
    assert bench.check("$a=1$. $b=2$. And $c=3$. $d=4$.") == [
        (1, "a=1", Verdict.VERIFIED),
        (1, "b=2", Verdict.REFUTED),
        (1, "c=3", Verdict.UNDECIDED),
        (1, "d=4", Verdict.NOT_CHECKABLE),
    ]


def test_expired_deadline_is_undecided_not_refuted() -> None:
    bench = Bench({"a=1": Outcome.EXPIRED, "b=2": Outcome.CRASHED})
    bench.checker.add_step(Step(index=1, text="$a=1$ so $b=2$"))
    assert [(d.check.verdict, d.check.why) for d in bench.raw()] == [
        (Verdict.UNDECIDED, Why.TIME),
        (Verdict.UNDECIDED, Why.CRASH),
    ]


def test_claim_under_a_condition_is_never_refuted() -> None:
    bench = Bench({"y=5": Truth.FAILS})
    assert bench.check("当 $x=2$ 时，$y=5$") == [
        (1, "x=2", Verdict.NOT_CHECKABLE),
        (1, "y=5", Verdict.UNDECIDED),
    ]


def test_definition_of_an_earlier_step_can_confirm() -> None:
    bench = Bench({"f(2)=4": Truth.HOLDS})
    bench.check("$f(x)=x^2$", "$f(2)=4$")
    last = bench.cas.asked[-1]
    assert isinstance(last, CheckClaim)
    assert last.context.given == ("x^2=4", "f(x)=x^2")


def test_definition_of_an_earlier_step_cannot_refute() -> None:
    class OnlyWithDefinitions(FakeCas):
        def _result(self, ticket: int, request: object) -> CasResult:
            assert isinstance(request, CheckClaim)
            self._truths["k=7"] = Truth.FAILS if "k=5" in request.context.given else Truth.NEW
            return super()._result(ticket, request)

    bench = Bench({})
    bench.cas = OnlyWithDefinitions({})
    bench.checker = Checker(bench.cas, GOAL, bench.results.put)
    assert bench.check("$k=5$", "$k=7$") == [
        (1, "k=5", Verdict.NOT_CHECKABLE),
        (2, "k=7", Verdict.UNDECIDED),
    ]


def test_refutation_by_the_problem_itself_stands() -> None:
    bench = Bench({"x=7": Truth.FAILS})
    assert bench.check("$k=5$", "$x=7$")[-1] == (2, "x=7", Verdict.REFUTED)


def test_withdrawn_steps_are_neither_checked_nor_remembered() -> None:
    bench = Bench({"a=1": Truth.HOLDS, "g(x)=3x": Truth.NEW})
    bench.check("$g(x)=3x$")
    bench.checker.add_step(Step(index=2, text="$h(x)=1$"))
    bench.checker.start()
    bench.checker.withdraw_from(1)
    assert not bench.checker.is_busy
    assert bench.checker.take(bench.results.get_nowait()) == ()
    bench.check("$a=1$")
    last = bench.cas.asked[-1]
    assert isinstance(last, CheckClaim)
    assert last.context.given == ("x^2=4",)


def test_answer_is_checked_after_the_steps_and_reported_as_step_0() -> None:
    bench = Bench({"answer 2": Truth.HOLDS})
    bench.checker.add_step(Step(index=1, text="$a=1$"))
    bench.checker.add_answer(Latex("2"))
    assert bench.run()[-1] == (0, "2", Verdict.VERIFIED)
