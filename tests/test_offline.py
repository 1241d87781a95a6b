"""Nothing calls home: ingesting and asking work with every way to another machine blocked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Runs in a process of its own: some libraries open sockets when they are imported. Sockets of one machine
# (socket pairs, Unix sockets) stay open, since processes of our own talk through them.
BLOCKED = """
import socket, sys
def refuse(name):
    def refused(*given, **named):
        sys.stderr.write(f"NETWORK {name} {given[1:]!r}\\n")
        raise OSError("the network is blocked in this test")
    return refused
class Blocked(socket.socket):
    def connect(self, address):
        if self.family != getattr(socket, "AF_UNIX", None):
            refuse("connect")(self, address)
        super().connect(address)
    connect_ex = connect
socket.socket = Blocked
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
    setattr(socket, name, refuse(name))
import cli
sys.exit(cli.main(sys.argv[1:]))
"""


def run(*arguments):
    proxies = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_HUB_OFFLINE")}
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, *map(str, arguments)],
        cwd=ROOT,
        env=environment | proxies,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    done = run("ingest", ROOT / "plans", "--store", folder)
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stderr
    return folder


def test_a_question_is_answered_without_a_network(store):
    done = run("ask", "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?", "--store", store)
    assert done.returncode == 0, done.stderr
    assert "95%" in done.stdout
    assert "NETWORK" not in done.stderr


def test_the_block_blocks():
    code = BLOCKED.split("import cli")[0] + "socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "NETWORK create_connection" in done.stderr
