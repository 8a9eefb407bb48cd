"""A worker for the tests of `tutor.workers`: started as `python echo.py --worker NAME`."""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tutor.core.errors import Cancelled, ModelTooLarge
from tutor.support.codec import JsonValue
from tutor.workers.child import Call, serve


def echo(body: JsonValue, call: Call) -> JsonValue:
    return body


def count(body: JsonValue, call: Call) -> JsonValue:
    assert isinstance(body, int)
    for number in range(body):
        call.send(number)
    return body


def wait(body: JsonValue, call: Call) -> JsonValue:
    call.send("waiting")
    if call.cancelled.wait(30):
        raise Cancelled
    return "waited"


def hang(body: JsonValue, call: Call) -> JsonValue:
    call.send("hanging")
    while True:
        time.sleep(1)


def burn(body: JsonValue, call: Call) -> JsonValue:
    call.send("burning")
    while True:
        pass


def crash(body: JsonValue, call: Call) -> JsonValue:
    sys.stderr.write("about to crash\n")
    sys.stderr.flush()
    os._exit(3)


def fail(body: JsonValue, call: Call) -> JsonValue:
    raise ModelTooLarge("too large", needed=2, available=1, hint="take a smaller one")


def stumble(body: JsonValue, call: Call) -> JsonValue:
    raise ValueError("nobody catches this")


def chatter(body: JsonValue, call: Call) -> JsonValue:
    print("a library prints")  # noqa: T201 - what libraries do
    os.write(1, b"and a C library prints\n")
    return "quiet"


if __name__ == "__main__":
    protocol = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    if sys.argv[-1] == "mute":
        time.sleep(30)
    if sys.argv[-1] == "broken":
        sys.exit("cannot import what it needs")
    handlers = {
        f.__name__: f for f in (echo, count, wait, hang, burn, crash, fail, stumble, chatter)
    }
    limit = 1 if sys.argv[-1] == "limited" else None
    sys.exit(serve(sys.argv[-1], handlers, protocol, cpu_seconds=limit))
