"""The page's own URL scheme: it reads `assets/web` and nothing else, and no other scheme is let through."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from tutor.support.resources import asset

SCHEME: Final = b"moonstep"
PAGE: Final = "moonstep://page/index.html"

_TYPES: Final[Mapping[str, bytes]] = {
    ".html": b"text/html",
    ".css": b"text/css",
    ".js": b"text/javascript",
    ".woff2": b"font/woff2",
    ".woff": b"font/woff",
    ".ttf": b"font/ttf",
}


def register_scheme() -> None:
    """Make the scheme known. To be called once, before the application object exists."""
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


def find_file(root: Path, path: str) -> Path | None:
    """The file that a decoded path names, if it is under `root` and of a kind that pages are made of."""
    base = root.resolve()
    try:
        wanted = (base / path.lstrip("/")).resolve()
        fine = wanted.is_relative_to(base) and wanted.suffix in _TYPES and wanted.is_file()
    except (OSError, ValueError):
        return None
    return wanted if fine else None


class PageFiles(QWebEngineUrlSchemeHandler):
    """Answers requests for the page's files."""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Give the file, or say that there is none."""
        path = job.requestUrl().path(QUrl.ComponentFormattingOption.FullyDecoded)
        found = find_file(asset("web"), path)
        if found is None or bytes(job.requestMethod().data()) != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        buffer = QBuffer(job)
        buffer.setData(QByteArray(found.read_bytes()))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(_TYPES[found.suffix]), buffer)


class Fence(QWebEngineUrlRequestInterceptor):
    """Refuses every request that is not for the page's own files."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Block what is not ours."""
        url = info.requestUrl()
        ours = url.scheme().encode() == SCHEME and url.host() == "page"
        info.block(not ours)


def make_profile(parent: QObject) -> QWebEngineProfile:
    """A profile that keeps nothing and reaches nothing but the page's own files."""
    profile = QWebEngineProfile(parent)
    profile.installUrlSchemeHandler(QByteArray(SCHEME), PageFiles(profile))
    profile.setUrlRequestInterceptor(Fence(profile))
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.downloadRequested.connect(lambda request: request.cancel())
    return profile
