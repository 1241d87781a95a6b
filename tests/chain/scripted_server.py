"""A chat-completions server on loopback that plays scripted behaviour over real server-sent events."""

import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSAGE = re.compile(r'<passage key="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)


@dataclass
class Request:
    """What a client sent: the messages, and the key."""

    body: dict
    authorization: str

    @property
    def system(self):
        return self.body["messages"][0]["content"]

    @property
    def user(self):
        return self.body["messages"][-1]["content"]

    @property
    def asks_standalone(self):
        return "<earlier_questions>" in self.user

    def key_of(self, words):
        """The key of the first passage of the prompt that holds `words`."""
        import html

        for key, text in PASSAGE.findall(self.user):
            if words in html.unescape(text):
                return key
        raise KeyError(f"no passage holds {words!r}")


@dataclass
class Script:
    """What the server does with a request. `reply` gives the text from the request.

    `until`: nothing is sent before this is set. `end`: "stop" and the other finish reasons, "cut" closes the
    connection without one, "hang" says no more.
    """

    reply: Callable[[Request], str] = lambda request: ""
    status: int = 200
    headers: dict = field(default_factory=dict)
    before_s: float = 0.0
    until: threading.Event | None = None
    between_s: float = 0.0
    piece: int = 7
    end: str = "stop"
    raw: bytes | None = None
    endless: bool = False
    refuse_first: int = 0


def text(content):
    return Script(reply=lambda request: content)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.requests = []
        self.gone = threading.Event()  # a client closed its connection before the end
        self.stopping = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request, client_address):
        self.gone.set()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        request = Request(body, self.headers.get("Authorization", ""))
        self.server.requests.append(request)
        script = self.server.script(request) if callable(self.server.script) else self.server.script
        self._wait(script.before_s)
        while script.until and not self.server.stopping.is_set() and not script.until.wait(0.05):
            pass
        if script.status != 200 and not (
            script.refuse_first and len(self.server.requests) > script.refuse_first
        ):
            return self._refuse(script)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            self._play(script, request)
        except OSError:
            self.server.gone.set()
        self.close_connection = True

    def _refuse(self, script):
        content = json.dumps({"error": {"message": "no: key sk-secret-echo", "type": "x"}}).encode()
        self.send_response(script.status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(content))}
        for name, value in (headers | script.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _play(self, script, request):
        if script.raw is not None:
            self._chunk(script.raw)
        content = script.reply(request)
        while True:
            for at in range(0, len(content), script.piece):
                self._event({"content": content[at : at + script.piece]})
                self._wait(script.between_s)
            if not script.endless:
                break
        if script.end == "hang":
            self._until_gone()
        if script.end == "cut":
            with suppress(OSError):
                self.connection.shutdown(2)
            return
        self._event({}, script.end)
        self._chunk(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _event(self, delta, finish=None):
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }
        self._chunk(b"data: " + json.dumps(event).encode() + b"\n\n")

    def _chunk(self, data):
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _wait(self, seconds):
        if seconds:
            self.server.stopping.wait(seconds)

    def _until_gone(self):
        """Say nothing until the client leaves."""
        self.connection.settimeout(0.05)
        while not self.server.stopping.is_set():
            try:
                if not self.connection.recv(1):
                    raise ConnectionResetError
            except TimeoutError:
                continue


@contextmanager
def serving(script):
    """A running server; `script` is a Script or a function from a Request to one."""
    server = Server(script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        time.sleep(0)
