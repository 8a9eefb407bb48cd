"""The model's process: the only importer of llama.cpp."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import jinja2
import llama_cpp
import psutil
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from tutor.core.errors import InputError, ModelDamaged, ModelError, ModelMissing
from tutor.inference.messages import (
    Finish,
    Generation,
    GenerationFinished,
    Message,
    PromptReading,
    Role,
    TextWritten,
)
from tutor.inference.pieces import PieceJoiner
from tutor.inference.tags import without_control_tokens
from tutor.inference.wire import GENERATE, LOAD, LoadModel
from tutor.support.codec import JsonValue, decode, encode
from tutor.support.i18n import N_
from tutor.workers.child import Call, serve

READING_BATCH: Final = 128
"""Tokens of a prompt that are read between two reports."""

SENDING_PAUSE: Final = 0.04
"""Seconds between two messages with text, at least."""

LEAST_ROOM: Final = 64
"""Tokens that must be left for writing after the prompt."""

GPU_LAYERS: Final = (-1, 24, 12)
"""How many layers to try on a graphics processor, in order; -1 is all of them."""

CHATML: Final = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""For a file that brings no chat template."""

_PIECE_BYTES: Final = 512


def main(out: BinaryIO) -> int:
    """Serve until the parent closes the pipe; returns the exit code."""
    service = _Service()
    return serve("model", {LOAD: service.load, GENERATE: service.generate}, out)


class _Service:
    """The operations of the worker."""

    def __init__(self) -> None:
        self._engine: _Engine | None = None

    def load(self, body: JsonValue, _call: Call) -> JsonValue:
        self._engine = None
        self._engine = _Engine(decode(LoadModel, body))
        return None

    def generate(self, body: JsonValue, call: Call) -> JsonValue:
        if self._engine is None:
            raise ModelMissing("no model is loaded")
        return encode(_Run(self._engine, decode(Generation, body), call).perform())


class _Engine:
    """A loaded model.

    Attributes:
        llama: The model and its context.
        n_ctx: Tokens of context there are.
    """

    def __init__(self, request: LoadModel) -> None:
        threads = request.threads or _physical_cores()
        self.llama = _load(request, threads)
        self.n_ctx = self.llama.n_ctx()
        self._vocabulary = llama_cpp.llama_model_get_vocab(self.llama.model)
        self._piece = ctypes.create_string_buffer(_PIECE_BYTES)
        self._formatter = Jinja2ChatFormatter(
            template=self.llama.metadata.get("tokenizer.chat_template", CHATML),
            eos_token=self._token_text(self.llama.token_eos()),
            bos_token=self._token_text(self.llama.token_bos()),
        )
        # A state that runs over the whole text cannot be cut back to a common beginning.
        model = self.llama.model
        self._is_recurrent = bool(
            llama_cpp.llama_model_is_recurrent(model) or llama_cpp.llama_model_is_hybrid(model)
        )

    def tokenize(self, prompt: str) -> list[int]:
        """The tokens of a prompt; the template has put in the special ones."""
        return list(self.llama.tokenize(prompt.encode(), add_bos=False, special=True))

    def is_end(self, token: int) -> bool:
        """Whether a token ends the model's turn."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocabulary, token))

    def piece(self, token: int) -> bytes:
        """The bytes of a token; tags count as text."""
        length = llama_cpp.llama_token_to_piece(
            self._vocabulary, token, self._piece, _PIECE_BYTES, 0, True
        )
        return self._piece.raw[: max(0, length)]

    def render(self, generation: Generation) -> tuple[str, bool]:
        """The prompt by the model's own template, and whether it begins the model's thinking.

        Raises:
            ModelError: The template cannot be used.
        """
        prompt = self._format(generation.messages)
        opens = prompt.rstrip().endswith("<think>")
        if opens and generation.prefix:
            return f"{prompt.rstrip()}\n\n</think>\n\n{generation.prefix}", False
        return prompt + generation.prefix, opens

    def cut_back(self, tokens: Sequence[int]) -> int:
        """Forget what is not common with `tokens`; returns how many of them need not be read again."""
        known = self.llama.input_ids[: self.llama.n_tokens].tolist()
        common = next(
            (n for n, (a, b) in enumerate(zip(known, tokens, strict=False)) if a != b),
            min(len(known), len(tokens)),
        )
        common = min(common, len(tokens) - 1)  # the last one gives the first prediction
        if self._is_recurrent and common < len(known):
            self.llama.reset()
            return 0
        self.llama.n_tokens = common
        return common

    def _format(self, messages: Sequence[Message]) -> str:
        turns = [
            {"role": m.role.value, "content": without_control_tokens(m.text)} for m in messages
        ]
        try:
            try:
                return str(self._formatter(messages=turns).prompt)
            except (jinja2.TemplateError, ValueError):
                if messages[0].role is not Role.SYSTEM or len(turns) < 2:
                    raise
                # Some templates refuse a system turn.
                first = f"{turns[0]['content']}\n\n{turns[1]['content']}"
                turns = [{"role": Role.USER.value, "content": first}, *turns[2:]]
                return str(self._formatter(messages=turns).prompt)
        except (jinja2.TemplateError, ValueError) as error:
            message = N_("the model's chat template cannot be used ({reason})")
            hint = N_("Choose another model.")
            raise ModelError(message, hint=hint, places={"reason": error}) from error

    def _token_text(self, token: int) -> str:
        return self.piece(token).decode(errors="replace") if token >= 0 else ""


class _Run:
    """One generation."""

    def __init__(self, engine: _Engine, generation: Generation, call: Call) -> None:
        self._engine = engine
        self._generation = generation
        self._call = call
        self._joiner = PieceJoiner(generation.stop)
        self._text = ""
        self._tokens = 0
        self._started = 0.0
        self._sent = 0.0

    def perform(self) -> GenerationFinished:
        """Read the prompt and write.

        Raises:
            InputError: The prompt is too long.
        """
        prompt, opens_thinking = self._engine.render(self._generation)
        tokens = self._engine.tokenize(prompt)
        room = self._engine.n_ctx - len(tokens)
        if room < LEAST_ROOM:
            raise _too_long(len(tokens), self._engine.n_ctx)
        reused = self._engine.cut_back(tokens)
        if not self._read(tokens[reused:]):
            return GenerationFinished(finish=Finish.CANCELLED)
        self._started = time.perf_counter()
        if opens_thinking:
            self._text = "<think>"
        finish = self._write(tokens, min(room, self._generation.max_tokens))
        self._text += self._joiner.finish()
        self._send()
        return GenerationFinished(
            finish=finish,
            prompt_tokens=len(tokens) - reused,
            tokens=self._tokens,
            writing_seconds=time.perf_counter() - self._started,
        )

    def _read(self, tokens: Sequence[int]) -> bool:
        """Read the prompt; false when it was cancelled."""
        llama, cancelled = self._engine.llama, self._call.cancelled
        with _abortable(llama, cancelled.is_set):
            for start in range(0, len(tokens), READING_BATCH):
                self._call.send(encode(PromptReading(fraction=start / len(tokens))))
                try:
                    llama.eval(tokens[start : start + READING_BATCH])
                except RuntimeError:
                    if not cancelled.is_set():
                        raise
                if cancelled.is_set():
                    return False
        self._call.send(encode(PromptReading(fraction=1.0)))
        return True

    def _write(self, tokens: list[int], limit: int) -> Finish:
        for token in self._predictions(tokens, limit):
            if self._engine.is_end(token):
                return Finish.STOP
            self._tokens += 1
            self._text += self._joiner.add(self._engine.piece(token))
            if self._joiner.is_stopped:
                return Finish.STOP
            self._send_in_time()
            if self._call.cancelled.is_set():
                return Finish.CANCELLED
            if self._tokens >= limit:
                break
        return Finish.LENGTH

    def _predictions(self, tokens: list[int], limit: int) -> Iterator[int]:
        if limit <= 0:
            return iter(())
        self._engine.llama.set_seed(self._generation.seed)
        predictions: Iterator[int] = self._engine.llama.generate(
            tokens,
            temp=self._generation.temperature,
            top_k=40,
            top_p=0.95,
            min_p=0.05,
            repeat_penalty=1.0,
        )
        return predictions

    def _send_in_time(self) -> None:
        if self._text and time.perf_counter() - self._sent >= SENDING_PAUSE:
            self._send()

    def _send(self) -> None:
        if not self._text:
            return
        self._sent = time.perf_counter()
        elapsed = self._sent - self._started
        pace = (self._tokens - 1) / elapsed if self._tokens > 1 and elapsed > 0 else 0.0
        event = TextWritten(text=self._text, tokens=self._tokens, tokens_per_second=pace)
        self._text = ""
        self._call.send(encode(event))


@contextmanager
def _abortable(llama: llama_cpp.Llama, is_cancelled: Callable[[], bool]) -> Iterator[None]:
    """Let llama.cpp ask in the middle of a batch whether to go on.

    It asks before every operation of the model's graph, so this is for reading only: between two tokens that
    are written the flag is looked at anyway.
    """
    callback = llama_cpp.ggml_abort_callback(lambda _: is_cancelled())
    llama_cpp.llama_set_abort_callback(llama.ctx, callback, None)
    try:
        yield
    finally:
        llama_cpp.llama_set_abort_callback(llama.ctx, llama_cpp.ggml_abort_callback(), None)


def _load(request: LoadModel, threads: int) -> llama_cpp.Llama:
    """The model, with as many layers on a graphics processor as fit there.

    Raises:
        ModelDamaged: llama.cpp refuses the file.
        ModelError: There is no room for the context.
    """
    tries = (*GPU_LAYERS, 0) if request.gpu and llama_cpp.llama_supports_gpu_offload() else (0,)
    for layers in tries[:-1]:
        try:
            return _open(request, threads, layers)
        except ValueError:
            continue  # it does not fit there: fewer layers, in the end none
    try:
        return _open(request, threads, 0)
    except (ValueError, AssertionError) as error:
        raise _refused(request.path, error) from error


def _open(request: LoadModel, threads: int, layers: int) -> llama_cpp.Llama:
    return llama_cpp.Llama(
        request.path,
        n_ctx=request.n_ctx,
        n_batch=512,
        n_threads=threads,
        n_threads_batch=threads,
        n_gpu_layers=layers,
        use_mmap=True,
        verbose=False,
    )


def _refused(path: str, error: Exception) -> ModelError:
    name = Path(path).name
    if "context" in str(error):
        message = N_("there is no room for the context of {file}")
        hint = N_("Close other programs, or choose a smaller model.")
        return ModelError(message, hint=hint, places={"file": name})
    message = N_("{file} cannot be loaded: it is damaged, or of a kind that is not known here")
    return ModelDamaged(
        message, hint=N_("Check it with: tutor model verify"), places={"file": name}
    )


def _too_long(tokens: int, n_ctx: int) -> InputError:
    return InputError(
        N_("the problem is too long for the model: {tokens} tokens, and there is room for {most}"),
        hint=N_("Shorten it."),
        places={"tokens": tokens, "most": n_ctx},
    )


def _physical_cores() -> int:
    """Physical cores this process may use: llama.cpp's threads spin and crawl when they share one."""
    physical = psutil.cpu_count(logical=False) or 1
    if hasattr(os, "sched_getaffinity"):
        physical = min(physical, len(os.sched_getaffinity(0)))
    return physical
