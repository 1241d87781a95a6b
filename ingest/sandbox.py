"""Reading a file in a process of its own, with limits on time, memory, size and unpacked size.

A file that crashes, hangs or fills the memory costs its process and becomes a ReadError; the next file gets
a new one. One process reads many files, so that most cost no start. The limits guard against broken files:
this is no shield against code that a file could smuggle in.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Self, cast

from domain.documents import Document
from domain.errors import ReadError
from ingest.limits import DEFAULT_LIMITS, Limits

_LENGTH = struct.Struct(">Q")
_MEBIBYTE = 1024 * 1024


def read_isolated(path: Path, source: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one file in a process that is started for it; for many files keep a `Sandbox`."""
    with Sandbox(limits) as sandbox:
        return sandbox.read(path, source)


class Sandbox:
    """A process that reads files, replaced when it dies. Not to be shared between threads."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if one runs."""
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def read(self, path: Path, source: str) -> Document:
        """The document in `path`. Raises ReadError, also with the codes too_slow and too_much_memory."""
        try:
            return self._read_once(path, source)
        except _DiedUsedError:
            return self._read_once(path, source)  # what earlier files left in memory is gone now

    def _read_once(self, path: Path, source: str) -> Document:
        if self._worker is None:
            self._worker = _Worker(self._limits)
        worker = self._worker
        reply = worker.ask((str(path.absolute()), source, self._limits))
        if isinstance(reply, Document):
            return reply
        if isinstance(reply, ReadError) and reply.code != "too_much_memory":
            raise reply
        self.close()
        if worker.files_read > 1 and not worker.was_slow:
            raise _DiedUsedError
        raise reply if isinstance(reply, ReadError) else worker.epitaph(source)


class _DiedUsedError(Exception):
    """A process that had read other files before died or ran out of memory."""


class _Worker:
    """The process and its two pipes."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.files_read = 0
        self.was_slow = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.sandbox", str(limits.memory_mib)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, map(os.path.abspath, sys.path)))},
            start_new_session=True,  # an interrupt is for the parent, which then ends this process
        )

    def ask(self, request: tuple[str, str, Limits]) -> object:
        """The reply to `request`; null where the process died or was too slow."""
        self.files_read += 1
        replies: list[object] = []
        thread = Thread(target=self._exchange, args=(request, replies), daemon=True)
        thread.start()
        thread.join(self._limits.seconds)
        if thread.is_alive():
            self.was_slow = True
            self.kill()
            thread.join()
        return replies[0] if replies and not self.was_slow else None

    def _exchange(self, request: tuple[str, str, Limits], replies: list[object]) -> None:
        assert self._process.stdin and self._process.stdout
        try:
            _send(self._process.stdin, request)
            replies.append(_receive(self._process.stdout))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            return  # the process died: `epitaph` says of what

    def epitaph(self, source: str) -> ReadError:
        """Why there was no reply."""
        if self.was_slow:
            return ReadError("too_slow", source=source, limit_s=self._limits.seconds)
        if self._process.wait() in {-signal.SIGKILL, _OUT_OF_MEMORY}:
            return ReadError("too_much_memory", source=source, limit_mib=self._limits.memory_mib)
        return ReadError("broken_file", source=source, detail=f"exit {self._process.returncode}")

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was not written will not be read


# ---- in the process -------------------------------------------------------------------------------------

_OUT_OF_MEMORY = 77  # exit status
_DEEPEST_NESTING = 6000  # calls; three for each element of a page inside another


def serve(memory_mib: int) -> None:
    """Answer requests from the standard input until it ends."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the replies
    _limit_memory(memory_mib)
    sys.setrecursionlimit(_DEEPEST_NESTING)
    while True:
        try:
            path, source, limits = cast(tuple[str, str, Limits], _receive(requests))
        except EOFError:
            return
        try:
            _send(replies, _reply(Path(path), source, limits))
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)


def _reply(path: Path, source: str, limits: Limits) -> Document | ReadError:
    from ingest.reading import read_document

    try:
        return read_document(path, source, limits)
    except ReadError as error:
        return ReadError(error.code, **error.values)  # without the trace, which may not be picklable


def _limit_memory(memory_mib: int) -> None:
    try:
        import resource
    except ImportError:
        return  # not on this system; the limit on the file's size stays
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory_mib * _MEBIBYTE, memory_mib * _MEBIBYTE))
    except (ValueError, OSError):
        return  # the system holds a lower limit already, or none


def _send(pipe: IO[bytes], message: object) -> None:
    data = pickle.dumps(message)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> object:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
