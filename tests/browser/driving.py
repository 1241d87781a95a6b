"""What browser tests do again and again."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from pages.parts.examples import written_examples

ROOT = Path(__file__).parents[2]
FIRST_EXAMPLE = written_examples()[0][0]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
_START_SECONDS = 60
_TRIES = 3


def hoi(*arguments, store):
    """Run the terminal door; it must work."""
    command = [sys.executable, "-m", "cli", *map(str, arguments), "--store", str(store)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)


def settle(page):
    """Wait until the script has run to its end and nothing starts it again: what is open then stays open."""
    page.wait_for_function(_SETTLED, polling=50)


# Streamlit writes the state of the script to an attribute of its own; a click takes a moment to show there.
_SETTLED = """() => {
  const app = document.querySelector("[data-testid=stApp]")?.dataset ?? {};
  const quiet = app.testScriptState === "notRunning" && app.testConnectionState === "CONNECTED";
  if (!quiet) window.quietSince = undefined;
  else window.quietSince ??= performance.now();
  return quiet && performance.now() - window.quietSince > 300;
}"""


def choose(page, name, option):
    """Choose in a select box; drawn again under the click, it closes, and is opened again."""
    box, wanted = page.get_by_role("combobox", name=name), page.get_by_role("option", name=option)
    for _ in range(_TRIES):
        settle(page)
        box.click()
        try:
            wanted.click(timeout=3_000)
        except PlaywrightTimeout:
            continue
        return
    wanted.click()


def ask(page, question):
    """Type a question and wait until it stands in the conversation."""
    settle(page)
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=question, exact=True).wait_for()


def ask_first_example(page):
    page.get_by_role("button", name=FIRST_EXAMPLE).click()
    page.locator(".hq-answer").first.wait_for()
    settle(page)


def open_citation(page, key=1):
    """The drawer of a citation of the last answer that has one with this key."""
    settle(page)
    page.get_by_role("button", name=f"{key} · ").last.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("mark").first.wait_for()
    return dialog


class Server:
    """`streamlit run app.py` on a free port of this machine."""

    def __init__(self, store, log, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = log
        self._log = log.open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                "app.py",
                "--server.port",
                str(port),
                "--server.headless",
                "true",
            ],
            cwd=ROOT,
            env=os.environ | {"HOI_STORE": str(store)} | environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._wait_until_up(log)

    def _wait_until_up(self, log):
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(self.url + "/_stcore/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
            if self._process.poll() is not None:
                break
        raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=20)
        self._log.close()
