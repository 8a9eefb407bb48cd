"""Widgets and layouts with the properties they always get."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)
Margins = tuple[int, int, int, int]


def named(widget: W, name: str) -> W:
    """A widget with the name that the style sheet and the tests know it by."""
    widget.setObjectName(name)
    return widget


def label(look: str) -> QLabel:
    """A label of one of the style sheet's looks; its text breaks into lines."""
    made = QLabel()
    made.setProperty("look", look)
    made.setWordWrap(look != "heading")
    return made


def button(name: str, look: str = "plain") -> QPushButton:
    """A button of one of the style sheet's looks."""
    made = named(QPushButton(), name)
    made.setProperty("look", look)
    return made


def progress_bar(steps: int) -> QProgressBar:
    """A thin bar without a number on it."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setMaximum(steps)
    return bar


def column(
    parent: QWidget | None = None, *, spacing: int = 0, margins: Margins = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A column of widgets; pixels."""
    layout = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def row(
    parent: QWidget | None = None, *, spacing: int = 0, margins: Margins = (0, 0, 0, 0)
) -> QHBoxLayout:
    """A row of widgets; pixels."""
    layout = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout
