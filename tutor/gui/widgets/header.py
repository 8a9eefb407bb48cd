"""The line on top: the name, and the menu."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QToolButton

from tutor.core.problem import Language
from tutor.gui.commands import COMMANDS, LARGER, QUIT
from tutor.gui.language import LanguageSource
from tutor.gui.theme import ThemeChoice, ThemeSource
from tutor.gui.widgets.parts import named, row
from tutor.support.i18n import N_
from tutor.support.resources import asset

LANGUAGES = {Language.ENGLISH: "English", Language.CHINESE: "中文"}
"""Each language in its own words."""

THEMES = {
    ThemeChoice.SYSTEM: N_("Colours of the system"),
    ThemeChoice.LIGHT: N_("Light"),
    ThemeChoice.DARK: N_("Dark"),
}


class Header(QFrame):
    """Names the program and holds its menu.

    Signals:
        command_triggered: The user chose the command of this name.
    """

    command_triggered = Signal(str)

    def __init__(self, language: LanguageSource, theme: ThemeSource) -> None:
        super().__init__()
        self.setObjectName("header")
        self._language = language
        self._theme = theme
        moon = QLabel()
        moon.setPixmap(QIcon(str(asset("icons", "moonstep.svg"))).pixmap(QSize(24, 24)))
        self.menu_button = named(QToolButton(), "menu")
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu: QMenu | None = None
        line = row(self, spacing=9, margins=(18, 9, 14, 9))
        line.addWidget(moon)
        line.addWidget(named(QLabel("Moonstep"), "wordmark"), 1)
        line.addWidget(self.menu_button)

    def translate(self) -> None:
        """Say everything in the language in force."""
        tr = self._language.translator
        self.menu_button.setText(f"☰  {tr(N_('Menu'))}")
        self.menu_button.setAccessibleName(tr(N_("Menu")))
        old, self._menu = self._menu, self._make_menu()
        self.menu_button.setMenu(self._menu)
        if old is not None:
            old.setParent(None)

    def _make_menu(self) -> QMenu:
        menu, tr = QMenu(self), self._language.translator
        for command in COMMANDS:
            if command in (LARGER, QUIT):
                menu.addSeparator()
            if command is QUIT:
                self._add_choices(menu)
            action = menu.addAction(tr(command.text))
            action.setData(command.name)
            action.setText(f"{tr(command.text)}\t{command.shown_key}")
            action.triggered.connect(self._on_command_triggered)
        return menu

    def _add_choices(self, menu: QMenu) -> None:
        tr = self._language.translator
        languages, themes = QActionGroup(menu), QActionGroup(menu)
        for language, name in LANGUAGES.items():
            action = languages.addAction(name)
            action.setData(language)
            action.setCheckable(True)
            action.setChecked(language is self._language.language)
        for choice, text in THEMES.items():
            action = themes.addAction(tr(text))
            action.setData(choice)
            action.setCheckable(True)
            action.setChecked(choice is self._theme.choice)
        languages.triggered.connect(self._on_language_triggered)
        themes.triggered.connect(self._on_theme_triggered)
        menu.addActions(languages.actions())
        menu.addSeparator()
        menu.addActions(themes.actions())
        menu.addSeparator()

    def _on_command_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.command_triggered.emit(action.data())

    def _on_language_triggered(self, action: QAction) -> None:
        self._language.choose(Language(action.data()))

    def _on_theme_triggered(self, action: QAction) -> None:
        self._theme.choose(ThemeChoice(action.data()))
