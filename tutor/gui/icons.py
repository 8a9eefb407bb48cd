"""Icons in the colours in force."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QIcon, QPixmap

from tutor.support.resources import asset


def tinted_icon(name: str, colour: str) -> QIcon:
    """The icon of that name, whose black lines take another colour."""
    drawing = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    pixmap = QPixmap()
    pixmap.loadFromData(QByteArray(drawing.replace("#000000", colour).encode()), "SVG")
    return QIcon(pixmap)
