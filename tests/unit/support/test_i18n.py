"""Errors in the learner's language."""

from __future__ import annotations

import errno

import pytest

from tutor.core.errors import NetworkError, StorageError, TutorError
from tutor.core.problem import Language
from tutor.support.file_errors import unreadable, unwritable
from tutor.support.i18n import Translator

ENGLISH, CHINESE = Translator(Language.ENGLISH), Translator(Language.CHINESE)


def test_error_is_told_with_its_hint() -> None:
    error = TutorError("The disk is full", hint="Check the path.")
    assert ENGLISH.error(error) == str(error) == "The disk is full. Check the path."
    assert CHINESE.error(error) == "磁盘已满。请检查路径。"


def test_every_cause_of_an_error_is_told() -> None:
    causes = [
        NetworkError("the package index has no {name}", places={"name": "m"}),
        NetworkError("the hub could not be reached ({reason})", places={"reason": "timeout"}),
    ]
    error = NetworkError("{name} could not be downloaded", places={"name": "m"}, causes=causes)
    assert ENGLISH.error(error) == str(error)
    assert str(error) == (
        "m could not be downloaded: the package index has no m; the hub could not be reached (timeout)"
    )
    assert CHINESE.error(error) == "m 下载失败：软件包索引中没有 m；无法连接模型库（timeout）"


@pytest.mark.parametrize("name", ["{name}", "The disk is full", "a}b"])
def test_what_stands_in_a_place_is_left_as_it_is(name: str) -> None:
    error = TutorError("There is no file {file}", places={"file": name})
    assert CHINESE.error(error) == f"文件 {name} 不存在"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "文件 a.txt 不存在"),
        (errno.EISDIR, "a.txt 是文件夹，不是文件"),
        (errno.EACCES, "无法读取 a.txt：没有权限"),
        (errno.EIO, "无法读取 a.txt：it broke"),
    ],
)
def test_why_a_file_cannot_be_read_is_told(number: int, words: str) -> None:
    assert CHINESE.error(unreadable(OSError(number, "It broke"), "a.txt")) == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘已满。请腾出一些空间后重试。"),
        (OSError(errno.EROFS, "no", "/m/f"), "无法使用 /m/f：没有权限。请检查文件夹的权限。"),
        (OSError(errno.EIO, "It broke"), "无法使用 /m：it broke。请检查文件夹的权限。"),
    ],
)
def test_why_a_file_cannot_be_written_is_told(error: OSError, words: str) -> None:
    told = unwritable(error, "/m")
    assert isinstance(told, StorageError)
    assert CHINESE.error(told) == words
