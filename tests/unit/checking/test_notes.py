"""A person's notes: the problem, then one line a step."""

from tutor.checking.notes import Notes, read_notes


def test_problem_ends_at_an_empty_line() -> None:
    assert read_notes("Problem: Solve $x=1$\nfor x.\n\n$x=1$\n\n$y=2$\n") == Notes(
        problem="Solve $x=1$\nfor x.", steps=("$x=1$", "$y=2$")
    )


def test_problem_under_a_heading_ends_at_the_next_heading() -> None:
    text = "# 题目\n\n求 $1+1$\n# 解\n$1+1=2$"
    assert read_notes(text) == Notes(problem="求 $1+1$", steps=("$1+1=2$",))


def test_text_without_a_problem_is_all_steps() -> None:
    assert read_notes("1 + 1 = 2\r\n2 + 2 = 4") == Notes(
        problem="", steps=("1 + 1 = 2", "2 + 2 = 4")
    )


def test_formula_over_several_lines_is_one_step() -> None:
    text = "so\n\\[\nx = 1\n\\]\nend"
    assert read_notes(text).steps == ("so", "\\[\nx = 1\n\\]", "end")


def test_empty_text_has_no_steps() -> None:
    assert read_notes("") == Notes(problem="", steps=())
