from __future__ import annotations

from pathlib import Path

import pytest

from tutor.gui.web.scheme import find_file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    pages = tmp_path / "web"
    (pages / "fonts").mkdir(parents=True)
    (tmp_path / "secret.html").write_text("secret")
    (pages / "index.html").write_text("page")
    (pages / "fonts" / "a.woff2").write_text("font")
    (pages / "package.json").write_text("{}")
    (pages / "out.html").symlink_to(tmp_path / "secret.html")
    return pages


@pytest.mark.parametrize("path", ["/index.html", "/fonts/a.woff2", "index.html"])
def test_the_pages_files_are_found(root: Path, path: str) -> None:
    assert find_file(root, path) is not None


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/fonts/../../secret.html",
        "//etc/passwd",
        "/out.html",
        "/package.json",
        "/fonts",
        "/nothing.html",
        "/index.html\0",
        "",
        "/" + "a" * 5000 + ".html",
    ],
)
def test_nothing_else_is_found(root: Path, path: str) -> None:
    assert find_file(root, path) is None
