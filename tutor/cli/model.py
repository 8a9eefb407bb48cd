"""`tutor model`: the language models on this machine."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from tutor.cli.exits import Exit
from tutor.cli.parser import file_path
from tutor.core.errors import ModelError, StorageError
from tutor.support.i18n import N_, Translator

if TYPE_CHECKING:
    from tutor.cli.parser import Parser
    from tutor.inference.catalogue import InstalledModel, ModelInfo
    from tutor.inference.progress import InstallProgress

_REPORT_INTERVAL = 5.0
"""Seconds between two progress lines where the output is no terminal."""


def add_parser(commands: argparse._SubParsersAction[Parser], tr: Translator) -> None:
    """Register `model` and what it can do."""
    about = tr(N_("list, install and check language models"))
    parser = commands.add_parser("model", tr=tr, help=about, description=about)
    actions = parser.add_subparsers(title=N_("commands"), metavar="ACTION", required=True)

    def action(
        name: str, run: Callable[[argparse.Namespace, Translator], int], text: str
    ) -> Parser:
        added = actions.add_parser(name, tr=tr, help=text, description=text)
        added.set_defaults(run=run)
        return added

    listing = action("list", _run_list, tr(N_("show what is installed and what can be")))
    listing.add_argument("--json", action="store_true", help=tr(N_("print the list as JSON")))
    install = action("install", _run_install, tr(N_("download a model of the list")))
    install.add_argument("name", nargs="?", help=tr(N_("its name; without it, the default model")))
    add = action("add", _run_add, tr(N_("take in a GGUF file of your own")))
    add.add_argument("file", type=file_path, metavar="FILE.gguf", help=tr(N_("the file; it stays")))
    remove = action("remove", _run_remove, tr(N_("delete a model")))
    remove.add_argument("name", help=tr(N_("its name")))
    verify = action("verify", _run_verify, tr(N_("read models and compare their hashes")))
    verify.add_argument("name", nargs="?", help=tr(N_("its name; without it, all that are here")))


def _run_list(arguments: argparse.Namespace, tr: Translator) -> int:
    from tutor.inference.catalogue import (  # noqa: PLC0415 - psutil stays off the start path
        installed_models,
        load_catalogue,
    )

    installed = {model.name: model for model in installed_models()}
    listed = load_catalogue().models
    added = [model for model in installed.values() if model.info is None]
    rows = [_listed_row(info, installed.get(info.name)) for info in listed]
    rows += [_added_row(model) for model in added]
    if arguments.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        _print_table(rows, tr)
    return Exit.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One model as `tutor model list` shows it; `None` is what is not known here."""

    name: str
    installed: bool
    role: str
    bytes: int | None
    memory_estimate: int | None
    licence: str | None
    repository: str | None
    file: str
    path: str | None


def _listed_row(info: ModelInfo, model: InstalledModel | None) -> _Row:
    return _Row(
        name=info.name,
        installed=model is not None,
        role=info.role.value,
        bytes=model.path.stat().st_size if model else info.bytes,
        memory_estimate=info.memory_estimate,
        licence=info.licence,
        repository=info.repository,
        file=info.file,
        path=str(model.path) if model else None,
    )


def _added_row(model: InstalledModel) -> _Row:
    from tutor.inference.catalogue import memory_needed  # noqa: PLC0415 - as above
    from tutor.inference.local import CONTEXT  # noqa: PLC0415 - as above

    memory = None
    with contextlib.suppress(ModelError, StorageError):  # a damaged file is in the list as well
        memory = memory_needed(model, CONTEXT)
    return _Row(
        name=model.name,
        installed=True,
        role="added",
        bytes=model.path.stat().st_size,
        memory_estimate=memory,
        licence=None,
        repository=None,
        file=model.path.name,
        path=str(model.path),
    )


_ROLES: Final[Mapping[str, str]] = {
    "default": N_("default"),
    "small": N_("small"),
    "reasoning": N_("reasoning"),
    "added": N_("added"),
}


def _print_table(rows: list[_Row], tr: Translator) -> None:
    heads = (N_("name"), N_("role"), N_("size"), N_("memory"), N_("licence"))
    name, *others = map(tr, heads)
    table = [(f"  {name}", *others), *(_cells(row, tr) for row in rows)]
    widths = [max(map(_columns, column)) for column in zip(*table, strict=True)]
    for line in table:
        cells = zip(line, widths, (False, False, True, True, False), strict=True)
        print("  ".join(_pad(cell, width, right=right) for cell, width, right in cells).rstrip())
    note = N_(
        "* installed. A size marked ? is known when the download begins; memory is an estimate."
    )
    print(tr(note))


def _cells(row: _Row, tr: Translator) -> tuple[str, ...]:
    mark = "*" if row.installed else " "
    memory = "?" if row.memory_estimate is None else f"~{_gigabytes(row.memory_estimate)}"
    role = tr(_ROLES[row.role])
    return f"{mark} {row.name}", role, _gigabytes(row.bytes), memory, row.licence or "?"


def _pad(text: str, width: int, *, right: bool) -> str:
    room = " " * (width - _columns(text))
    return room + text if right else text + room


def _columns(text: str) -> int:
    """Columns a text takes in a terminal, where Chinese characters are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _gigabytes(count: int | None) -> str:
    return "?" if count is None else f"{count / 1e9:.1f} GB"


def _run_install(arguments: argparse.Namespace, tr: Translator) -> int:
    from tutor.inference.catalogue import load_catalogue, unknown_model  # noqa: PLC0415 - as above
    from tutor.inference.install import install  # noqa: PLC0415 - as above

    catalogue = load_catalogue()
    info = catalogue.default if arguments.name is None else catalogue.find(arguments.name)
    if info is None:
        raise unknown_model(arguments.name)
    line = _ProgressLine(tr)
    try:
        model = install(info, progress=line.show)
    except KeyboardInterrupt:
        line.end()
        print(tr(N_("Stopped. The same command goes on from here.")), file=sys.stderr)
        return Exit.INTERRUPTED
    finally:
        line.end()
    print(tr(N_("{name} is installed and verified: {path}"), name=info.name, path=model.path))
    return Exit.OK


class _ProgressLine:
    """One line that is written over in a terminal; elsewhere a new line now and then."""

    def __init__(self, tr: Translator) -> None:
        self._tr = tr
        self._is_terminal = sys.stderr.isatty()
        self._interval = 0.1 if self._is_terminal else _REPORT_INTERVAL
        self._shown_at = 0.0
        self._is_open = False

    def show(self, progress: InstallProgress) -> None:
        """Write how far it is, unless that was written a moment ago."""
        now = time.monotonic()
        if now - self._shown_at < self._interval:
            return
        self._shown_at = now
        text = _describe(progress, self._tr)
        if self._is_terminal:
            print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)
            self._is_open = True
        else:
            print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._is_open:
            print(file=sys.stderr)
            self._is_open = False


def _describe(progress: InstallProgress, tr: Translator) -> str:
    from tutor.inference.progress import InstallStage  # noqa: PLC0415 - as above

    message = N_("downloading {model}: {share} % ({done} of {total} MB)")
    if progress.stage is InstallStage.VERIFYING:
        message = N_("verifying {model}: {share} % ({done} of {total} MB)")
    elif progress.parts:
        message = N_(
            "downloading {model}: {share} % ({done} of {total} MB, part {part} of {parts})"
        )
    share = 100 * progress.done / progress.total if progress.total else 0
    return tr(
        message,
        model=progress.model,
        share=f"{share:.0f}",
        done=f"{progress.done / 1e6:,.0f}",
        total=f"{progress.total / 1e6:,.0f}",
        part=progress.part,
        parts=progress.parts,
    )


def _run_add(arguments: argparse.Namespace, tr: Translator) -> int:
    from tutor.inference.install import add_file  # noqa: PLC0415 - as above

    model = add_file(arguments.file)
    print(tr(N_("{name} is added: {path}"), name=model.name, path=model.path))
    return Exit.OK


def _run_remove(arguments: argparse.Namespace, tr: Translator) -> int:
    from tutor.inference.install import remove  # noqa: PLC0415 - as above

    freed = remove(arguments.name)
    size = f"{freed / 1e6:,.0f}"
    print(tr(N_("{name} is removed: {size} MB freed"), name=arguments.name, size=size))
    return Exit.OK


def _run_verify(arguments: argparse.Namespace, tr: Translator) -> int:
    from tutor.inference.catalogue import (  # noqa: PLC0415 - as above
        find_installed,
        installed_models,
        load_catalogue,
        verify,
    )

    name = arguments.name
    chosen = list(installed_models()) if name is None else [find_installed(name)]
    if not chosen:
        chosen = [find_installed(load_catalogue().default.name)]
    for model in chosen:
        message = N_("{name}: SHA-256 is right")
        if not verify(model):
            message = N_("{name}: looks sound; there is no hash to compare with")
        print(tr(message, name=model.name))
    return Exit.OK
