"""`tutor model` in Chinese: what it says, and how wide it is."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tutor.cli.model import _describe
from tutor.core.problem import Language
from tutor.inference.progress import InstallProgress, InstallStage
from tutor.support.i18n import Translator

CHINESE = Translator(Language.CHINESE)
OFFLINE = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "HF_HUB_OFFLINE": "1"}


def model(*arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **OFFLINE, "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tutor", "model", *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=60, check=False, env=env
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["install", "nosuch"], 2, "没有名为 nosuch 的模型。请看：tutor model list"),
        (["install", "qwen3-1.7b"], 1, "qwen3-1.7b 下载失败：无法连接模型库（"),
        (["verify"], 5, "没有安装。请运行：tutor model install"),
        (["remove", ""], 2, "没有名为 '' 的模型。"),
        (["add", "no/such"], 2, "文件 no/such 不存在。请检查路径。"),
        (["add", "."], 2, ". 是文件夹，不是文件。"),
    ],
)
def test_complaints_of_the_models_are_in_chinese(
    arguments: list[str], code: int, words: str
) -> None:
    done = model(*arguments)
    assert done.returncode == code
    assert done.stderr.startswith("tutor: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_file_that_is_no_model_is_told_in_chinese(tmp_path: Path) -> None:
    file = tmp_path / "mine.gguf"
    file.write_bytes(b"GGUF\x09\x00\x00\x00")
    done = model("add", str(file))
    assert done.returncode == 5
    assert "mine.gguf 的 GGUF 版本 9 不受支持。请换一个文件" in done.stderr


def test_columns_of_the_list_stand_below_their_chinese_heads() -> None:
    head, *rows, _note = model("list").stdout.splitlines()

    def start(line: str, word: str) -> int:
        before = line[: line.index(word)]
        return sum(2 if unicodedata.east_asian_width(char) == "W" else 1 for char in before)

    small = next(row for row in rows if "小型" in row)
    assert start(small, "小型") == start(head, "用途")
    assert start(small, "Apache") == start(head, "许可证")


@pytest.mark.parametrize(
    ("stage", "parts", "words"),
    [
        (InstallStage.DOWNLOADING, 0, "正在下载 m：50%（1 / 2 MB）"),
        (InstallStage.DOWNLOADING, 14, "正在下载 m：50%（1 / 2 MB，第 3 部分，共 14 部分）"),
        (InstallStage.VERIFYING, 0, "正在校验 m：50%（1 / 2 MB）"),
    ],
)
def test_progress_is_told_in_chinese(stage: InstallStage, parts: int, words: str) -> None:
    progress = InstallProgress(
        model="m", stage=stage, done=1_000_000, total=2_000_000, part=3, parts=parts
    )
    assert _describe(progress, CHINESE) == words
