"""A view of the local web page: takes sheets of cards and sends the page what changed."""

from __future__ import annotations

import json
import logging

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import (
    QWebEngineNavigationRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from tutor.gui.presenters.cards import Card, Sheet
from tutor.gui.theme import Theme
from tutor.gui.web.scheme import PAGE
from tutor.support.codec import encode

_log = logging.getLogger(__name__)

UPDATE_INTERVAL_MS = 100
"""Shortest time between two updates of a page."""


class MathView(QWebEngineView):
    """Shows a sheet.

    Sheets may be given at any time and as often as one likes; the page gets the newest one at most every
    `UPDATE_INTERVAL_MS`, and not before it has drawn the one before.

    Signals:
        sheet_shown: The page has taken the newest sheet.
    """

    sheet_shown = Signal()

    def __init__(
        self, profile: QWebEngineProfile, *, mode: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._url = QUrl(f"{PAGE}?mode={mode}")
        self._theme: Theme | None = None
        self._sheet = Sheet(cards=())
        self._sent: dict[str, Card] = {}
        self._is_loaded = self._is_busy = self._is_stale = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(UPDATE_INTERVAL_MS)
        self._pause.timeout.connect(self._send)
        self.setPage(QWebEnginePage(profile, self))
        self.page().navigationRequested.connect(self._on_navigation_requested)
        self._restrict()
        self.loadFinished.connect(self._on_load_finished)
        self.page().renderProcessTerminated.connect(self._on_render_process_terminated)

    def load_page(self) -> None:
        """Begin to load the page."""
        self.load(self._url)

    @property
    def is_settled(self) -> bool:
        """Whether the page shows the newest sheet."""
        return self._is_loaded and not (self._is_busy or self._is_stale)

    def show_sheet(self, sheet: Sheet) -> None:
        """Bring the page to show this sheet soon."""
        self._sheet = sheet
        self._is_stale = True
        if not self._pause.isActive():
            self._send()

    def set_theme(self, theme: Theme, background: str) -> None:
        """Take other colours, now or when the page is there."""
        self._theme = theme
        self.page().setBackgroundColor(QColor(background))
        if self._is_loaded:
            self._send_theme()

    def _restrict(self) -> None:
        settings = self.page().settings()
        attribute = QWebEngineSettings.WebAttribute
        for refused in (
            attribute.LocalContentCanAccessRemoteUrls,
            attribute.LocalContentCanAccessFileUrls,
            attribute.JavascriptCanOpenWindows,
            attribute.JavascriptCanAccessClipboard,
            attribute.LocalStorageEnabled,
            attribute.PluginsEnabled,
            attribute.ErrorPageEnabled,
        ):
            settings.setAttribute(refused, False)

    def _on_navigation_requested(self, request: QWebEngineNavigationRequest) -> None:
        """The page stays where it is."""
        if request.url() != self._url:
            request.reject()

    def _on_load_finished(self, fine: bool) -> None:
        if not fine:
            if not self._is_loaded:
                _log.error("the page could not be loaded")
            return
        self._is_loaded = True
        self._sent.clear()
        self._send_theme()
        self._is_stale = True
        self._send()

    def _on_render_process_terminated(self) -> None:
        self._is_loaded = self._is_busy = False
        QTimer.singleShot(0, self, self.load_page)

    def _send_theme(self) -> None:
        if self._theme is not None:
            theme = json.dumps({"name": self._theme.name, "colours": self._theme.css()})
            self.page().runJavaScript(f"moonstep.setTheme({theme})")

    def _send(self) -> None:
        if not (self._is_loaded and self._is_stale) or self._is_busy:
            return
        sheet, cards = self._sheet, {card.key: card for card in self._sheet.cards}
        changed = [encode(card) for key, card in cards.items() if self._sent.get(key) != card]
        update = json.dumps(
            {
                "order": list(cards),
                "cards": changed,
                "follow": sheet.follow,
                "language": sheet.language,
                "says": sheet.says,
            }
        )
        self._sent, self._is_stale, self._is_busy = cards, False, True
        self._pause.start()
        self.page().runJavaScript(f"moonstep.show({update}); true", 0, self._on_shown)

    def _on_shown(self, result: object) -> None:
        self._is_busy = False
        if result is not True:
            _log.error("the page could not show the sheet")
        if self._is_stale and not self._pause.isActive():
            self._send()
        elif not self._is_stale:
            self.sheet_shown.emit()
