"""`tutor model`: the language models on this machine."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.cli.exits import Exit
from tutor.core.errors import InputError

if TYPE_CHECKING:
    from tutor.inference.catalogue import InstalledModel, ModelInfo
    from tutor.inference.install import InstallProgress

_REPORT_INTERVAL = 5.0
"""Seconds between two progress lines where the output is no terminal."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register `model` and what it can do."""
    parser = subparsers.add_parser(
        "model", help="list, install and check language models", description=__doc__
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    listing = actions.add_parser("list", help="show what is installed and what can be")
    listing.add_argument("--json", action="store_true", help="print the list as JSON")
    listing.set_defaults(run=_run_list)

    install = actions.add_parser("install", help="download a model of the list")
    install.add_argument("name", nargs="?", help="the model's name; without it, the default model")
    install.set_defaults(run=_run_install)

    add = actions.add_parser("add", help="take in a GGUF file of your own")
    add.add_argument("file", type=Path, metavar="FILE.gguf")
    add.set_defaults(run=_run_add)

    remove = actions.add_parser("remove", help="delete a model")
    remove.add_argument("name")
    remove.set_defaults(run=_run_remove)

    verify = actions.add_parser("verify", help="read installed models and compare their hashes")
    verify.add_argument("name", nargs="?", help="the model's name; without it, all of them")
    verify.set_defaults(run=_run_verify)


def _run_list(arguments: argparse.Namespace) -> int:
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
        _print_table(rows)
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
    return _Row(
        name=model.name,
        installed=True,
        role="added",
        bytes=model.path.stat().st_size,
        memory_estimate=None,
        licence=None,
        repository=None,
        file=model.path.name,
        path=str(model.path),
    )


def _print_table(rows: list[_Row]) -> None:
    width = max(len(row.name) for row in rows)
    print(f"  {'name':<{width}}  {'role':<9}  {'size':>8}  {'memory':>8}  licence")
    for row in rows:
        mark = "*" if row.installed else " "
        memory = f"~{_gigabytes(row.memory_estimate)}"
        print(
            f"{mark} {row.name:<{width}}  {row.role:<9}  {_gigabytes(row.bytes):>8}"
            f"  {memory:>8}  {row.licence or '?'}"
        )
    print("* installed. A size marked ? is known when the download begins; memory is an estimate.")


def _gigabytes(count: int | None) -> str:
    return "?" if count is None else f"{count / 1e9:.1f} GB"


def _run_install(arguments: argparse.Namespace) -> int:
    from tutor.inference.catalogue import load_catalogue  # noqa: PLC0415 - as above
    from tutor.inference.install import install  # noqa: PLC0415 - as above

    catalogue = load_catalogue()
    info = catalogue.default if arguments.name is None else catalogue.find(arguments.name)
    if info is None:
        raise InputError(
            f"There is no model called {arguments.name!r} in the catalogue",
            hint="See: tutor model list, or bring your own: tutor model add FILE.gguf",
        )
    line = _ProgressLine()
    try:
        model = install(info, progress=line.show)
    except KeyboardInterrupt:
        line.end()
        print("Stopped. The same command goes on from here.", file=sys.stderr)
        return Exit.INTERRUPTED
    finally:
        line.end()
    print(f"{info.name} is installed and verified: {model.path}")
    return Exit.OK


class _ProgressLine:
    """One line that is written over in a terminal; elsewhere a new line now and then."""

    def __init__(self) -> None:
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
        text = _describe(progress)
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


def _describe(progress: InstallProgress) -> str:
    share = 100 * progress.done / progress.total if progress.total else 0
    part = f", part {progress.part} of {progress.parts}" if progress.parts else ""
    return (
        f"{progress.stage.value} {progress.model}: {share:.0f} %"
        f" ({progress.done / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB{part})"
    )


def _run_add(arguments: argparse.Namespace) -> int:
    from tutor.inference.install import add_file  # noqa: PLC0415 - as above

    model = add_file(arguments.file)
    print(f"{model.name} is added: {model.path}")
    return Exit.OK


def _run_remove(arguments: argparse.Namespace) -> int:
    from tutor.inference.install import remove  # noqa: PLC0415 - as above

    freed = remove(arguments.name)
    print(f"{arguments.name} is removed: {freed / 1e6:,.0f} MB freed")
    return Exit.OK


def _run_verify(arguments: argparse.Namespace) -> int:
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
        compared = verify(model)
        note = "SHA-256 is right" if compared else "looks sound; there is no hash to compare with"
        print(f"{model.name}: {note}")
    return Exit.OK
