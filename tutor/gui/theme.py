"""Colours and type of the window and of its web pages: the only place that knows a colour."""

from __future__ import annotations

import enum
from dataclasses import asdict, dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

FONT_FAMILIES = (
    "Inter",
    "SF Pro Text",
    "Segoe UI",
    "Noto Sans",
    "Noto Sans CJK SC",
    "PingFang SC",
    "Microsoft YaHei",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One set of colours, each as `#rrggbb`.

    The names are those of the custom properties in `page.css`, with `_` for `-`.
    """

    name: str
    paper: str
    surface: str
    sunken: str
    line: str
    ink: str
    soft: str
    accent: str
    accent_strong: str
    accent_wash: str
    on_accent: str
    verified: str
    verified_wash: str
    refuted: str
    refuted_wash: str
    undecided: str
    undecided_wash: str
    neutral: str
    neutral_wash: str

    def css(self) -> dict[str, str]:
        """The colours as custom properties of the web page."""
        return {
            key.replace("_", "-"): value for key, value in asdict(self).items() if key != "name"
        }


LIGHT = Theme(
    name="light",
    paper="#f7f6f3",
    surface="#ffffff",
    sunken="#f2f1ed",
    line="#e4e2dc",
    ink="#23262f",
    soft="#666b78",
    accent="#4b57c9",
    accent_strong="#3d48b3",
    accent_wash="#eceefb",
    on_accent="#ffffff",
    verified="#1c7f56",
    verified_wash="#e3f4ec",
    refuted="#bd3a2c",
    refuted_wash="#fbe9e6",
    undecided="#8f5e08",
    undecided_wash="#faf0db",
    neutral="#666b78",
    neutral_wash="#efeeea",
)

DARK = Theme(
    name="dark",
    paper="#15171d",
    surface="#1d2028",
    sunken="#16181f",
    line="#2f333e",
    ink="#e7e8ee",
    soft="#a0a5b4",
    accent="#98a2ff",
    accent_strong="#b0b8ff",
    accent_wash="#282c47",
    on_accent="#14162a",
    verified="#5fcf9d",
    verified_wash="#1a3329",
    refuted="#ff8f80",
    refuted_wash="#3d2220",
    undecided="#e8b65a",
    undecided_wash="#372c16",
    neutral="#a0a5b4",
    neutral_wash="#2a2d36",
)


class ThemeChoice(enum.StrEnum):
    """What the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ThemeSource(QObject):
    """Which theme is in force: the user's choice, or the system's, followed live.

    Signals:
        changed: Another theme is in force.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = ThemeChoice.SYSTEM
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def choice(self) -> ThemeChoice:
        """What the user asked for."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        if self._choice is ThemeChoice.SYSTEM:
            dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self._choice is ThemeChoice.DARK
        return DARK if dark else LIGHT

    def choose(self, choice: ThemeChoice) -> None:
        """Take the user's choice."""
        before = self.theme
        self._choice = choice
        if self.theme is not before:
            self.changed.emit()

    def _on_scheme_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self.changed.emit()


def interface_font() -> QFont:
    """The font of the interface: what the system has of the page's own families."""
    font = QFont()
    font.setFamilies([*FONT_FAMILIES, font.defaultFamily()])
    font.setPixelSize(14)
    return font


def qt_palette(theme: Theme) -> QPalette:
    """The theme for what Qt draws itself."""
    roles = {
        QPalette.ColorRole.Window: theme.paper,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.sunken,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.PlaceholderText: theme.soft,
        QPalette.ColorRole.Button: theme.surface,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.ToolTipBase: theme.surface,
        QPalette.ColorRole.ToolTipText: theme.ink,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Text):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.soft))
    return palette


def style_sheet(theme: Theme) -> str:
    """The look of the widgets, which pick it by their object name or `look` property."""
    sheet = _STYLE
    for name, colour in sorted(asdict(theme).items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{name}", colour)
    return sheet


_STYLE = """
QMainWindow, #middle { background: @paper; }
#header { background: @surface; border-bottom: 1px solid @line; }
#wordmark { color: @ink; font-size: 16px; font-weight: 600; }
#side, #plot { background: @surface; }
QSplitter::handle { background: @line; }
QLabel { color: @ink; background: transparent; }
QLabel[look="heading"] { color: @soft; font-size: 12px; font-weight: 600; }
QLabel[look="soft"] { color: @soft; font-size: 13px; }
QLabel[look="title"] { color: @ink; font-size: 15px; font-weight: 600; }

QPlainTextEdit {
    background: @sunken; color: @ink; border: 1px solid @line; border-radius: 10px; padding: 8px;
    selection-background-color: @accent; selection-color: @on_accent;
}
QPlainTextEdit:focus { border: 1px solid @accent; background: @surface; }
#preview_frame { background: @surface; border: 1px solid @line; border-radius: 10px; }

QPushButton {
    color: @ink; background: @surface; border: 1px solid @line; border-radius: 9px; padding: 7px 14px;
}
QPushButton, QToolButton { outline: 0; }
QPushButton:hover { background: @sunken; }
QPushButton:focus { border: 1px solid @accent; }
QPushButton:disabled { color: @soft; background: @sunken; }
QPushButton[look="primary"] {
    color: @on_accent; background: @accent; border: 1px solid @accent; font-weight: 600;
}
QPushButton[look="primary"]:hover { background: @accent_strong; }
QPushButton[look="primary"]:focus { border: 2px solid @ink; padding: 6px 13px; }
QPushButton[look="primary"]:disabled { color: @soft; background: @neutral_wash; border-color: @line; }
QPushButton[look="chip"] {
    text-align: left; color: @ink; background: transparent; border: 1px solid @line;
    border-radius: 9px; padding: 6px 11px; font-size: 13px;
}
QPushButton[look="chip"]:hover { color: @accent; border-color: @accent; background: @accent_wash; }
QPushButton[look="chip"]:focus { border-color: @accent; }

QToolButton {
    color: @soft; background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 5px 9px;
}
QToolButton:hover { background: @sunken; color: @ink; }
QToolButton:checked { background: @accent_wash; color: @accent; }
QToolButton:focus { border: 1px solid @accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolBar { background: transparent; border: 0; spacing: 2px; }

#notice {
    background: @undecided_wash; border: 1px solid @line; border-radius: 12px; margin: 14px 26px 2px 26px;
}
#notice[tone="failure"] { background: @refuted_wash; }
#installer {
    background: @accent_wash; border: 1px solid @line; border-radius: 12px; margin: 14px 26px 2px 26px;
}

QProgressBar { background: @line; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

#status { background: @surface; border-top: 1px solid @line; }
#status QLabel { color: @soft; font-size: 13px; }
#status #stage { color: @ink; font-weight: 600; }

QMenu { background: @surface; color: @ink; border: 1px solid @line; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 26px 6px 26px; border-radius: 6px; }
QMenu::item:selected { background: @accent_wash; color: @accent; }
QMenu::item:disabled { color: @soft; }
QMenu::separator { height: 1px; background: @line; margin: 6px 4px; }
QToolTip { background: @surface; color: @ink; border: 1px solid @line; padding: 4px 7px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: @line; border-radius: 3px; min-height: 30px; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
"""
