"""What is told of a worker's end."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import psutil
import pytest

from tutor.core.errors import WorkerCrashed
from tutor.core.problem import Language
from tutor.support.i18n import Translator
from tutor.workers.host import WorkerProcess

pytestmark = pytest.mark.worker
ECHO = [sys.executable, str(Path(__file__).with_name("echo.py"))]


@pytest.mark.parametrize("end", ["killed", "crashed", "unseen"])
def test_the_end_of_the_model_is_told_in_chinese_without_an_english_word(end: str) -> None:
    model = WorkerProcess("model", program=ECHO)
    if end != "unseen":
        model.start()
        model.greet()
        if end == "killed":
            psutil.Process(model.pid).kill()
        else:
            model.send("crash")
    with pytest.raises(WorkerCrashed) as caught:
        model.send("echo") if end == "unseen" else model.receive(5)
    model.kill()
    told = Translator(Language.CHINESE).error(caught.value)
    assert told.startswith("语言模型进程意外结束（")
    assert not re.search("[A-Za-z]", told)
