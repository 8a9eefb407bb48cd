"""A parser of command lines that speaks the learner's language, in its help and in its complaints."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NoReturn

from tutor.core.errors import InputError
from tutor.support.i18n import N_, Translator

_HEADINGS: Final = (N_("positional arguments"), N_("options"))
"""What `argparse` calls the parts of a help text."""

_FAULTS: Final = (
    (r"the following arguments are required: (?P<what>.+)", N_("{what} is missing")),
    (
        r"one of the arguments (?P<one>\S+) (?P<other>\S+) is required",
        N_("neither {one} nor {other} is given"),
    ),
    (r"unrecognized arguments: (?P<what>.+)", N_("{what} is not understood")),
    (
        r"argument (?:COMMAND|ACTION): invalid choice: (?P<value>\S+) \(choose from (?P<all>.+)\)",
        N_("there is no command {value}; there are: {all}"),
    ),
    (
        r"argument (?P<what>\S+): invalid choice: (?P<value>.+) \(choose from (?P<all>.+)\)",
        N_("{what} cannot be {value}; it can be: {all}"),
    ),
    (
        r"argument (?P<what>\S+): invalid int value: (?P<value>.+)",
        N_("{what} has to be a whole number, not {value}"),
    ),
    (
        r"argument (?P<what>\S+): invalid positive value: (?P<value>.+)",
        N_("{what} has to be a positive whole number, not {value}"),
    ),
    (r"argument (?P<what>\S+): invalid file_path value: .+", N_("{what} is empty")),
    (r"argument (?P<what>\S+): expected one argument", N_("{what} needs a value")),
    (r"argument (?P<what>\S+): ignored explicit argument .+", N_("{what} takes no value")),
    (
        r"argument (?P<what>\S+): not allowed with argument (?P<other>\S+)",
        N_("{what} and {other} cannot be used together"),
    ),
)
"""The complaints of `argparse`, which knows them in English and as whole sentences only."""


class Parser(argparse.ArgumentParser):
    """Reads a command line; what it cannot read is an `InputError`."""

    def __init__(self, *, tr: Translator, **options: Any) -> None:
        """Make a parser.

        Args:
            tr: Translates what the parser itself says; texts that are given to it are translated already.
            options: What `argparse.ArgumentParser` takes.
        """
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _HelpFormatter(prog, tr),
            **options,
        )
        self.add_argument("-h", "--help", action="help", help=tr(N_("show this help and exit")))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Read a command line to the end: what a command does not know, it complains of itself.

        Raises:
            InputError: The command line cannot be read.
        """
        parsed, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return parsed, unknown

    def error(self, message: str) -> NoReturn:
        """Complain about the command line.

        Raises:
            InputError: Always.
        """
        template, places = N_("the command line cannot be read ({reason})"), {"reason": message}
        for pattern, said in _FAULTS:
            if found := re.fullmatch(pattern, message):
                template, places = said, found.groupdict()
                break
        raise InputError(
            template, hint=N_("See: {program} --help"), places=places | {"program": self.prog}
        )


def positive(text: str) -> int:
    """A positive whole number, for `type` of an option.

    Raises:
        ValueError: It is none.
    """
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def file_path(text: str) -> Path:
    """The path of a file, for `type` of an argument.

    Raises:
        ValueError: The text is empty, which as a path would be the folder we are in.
    """
    if not text:
        raise ValueError(text)
    return Path(text)


class _HelpFormatter(argparse.HelpFormatter):
    """Lays out help texts under translated headings."""

    def __init__(self, prog: str, tr: Translator) -> None:
        super().__init__(prog)
        self._tr = tr

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(
            usage, actions, groups, self._tr(N_("usage: ")) if prefix is None else prefix
        )

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and self._tr(heading))
