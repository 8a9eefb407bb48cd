from __future__ import annotations

from pathlib import Path

from tests.gui.scripted import ScriptedLibrary
from tutor.core.problem import Language
from tutor.gui.model_library import InstalledModels
from tutor.gui.presenters.install import InstallPresenter
from tutor.inference.catalogue import load_catalogue
from tutor.support.i18n import Translator

EN = Translator(Language.ENGLISH)


def test_no_panel_is_shown_while_the_model_is_there() -> None:
    presenter = InstallPresenter(ScriptedLibrary())
    presenter.look()
    assert presenter.panel(EN) is None
    assert not presenter.is_needed


def test_a_missing_model_is_offered_with_its_size() -> None:
    presenter = InstallPresenter(ScriptedLibrary(is_here=False))
    presenter.look()
    panel = presenter.panel(EN)
    assert panel is not None
    assert "1.1 GB" in panel.text
    assert panel.fraction is None


def test_closing_ends_an_installation_that_runs() -> None:
    presenter = InstallPresenter(ScriptedLibrary(is_here=False))
    presenter.look()
    presenter.install()
    presenter.close()
    panel = presenter.panel(EN)
    assert panel is not None
    assert not panel.is_running


def test_this_machines_default_model_is_offered_when_it_is_missing_or_damaged(
    own_home: Path,
) -> None:
    library, info = InstalledModels(), load_catalogue().default
    missing = library.offer()
    assert missing is not None
    assert (missing.title, missing.is_damaged) == (info.title, False)
    (own_home / "models").mkdir()
    (own_home / "models" / info.file).write_bytes(b"GGUF, but not all of it")
    damaged = library.offer()
    assert damaged is not None
    assert damaged.is_damaged
