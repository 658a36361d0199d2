"""Web, worker and beat as one: they start together and stop together."""

import multiprocessing
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer
from honcho.process import Process

ASKED_TO_STOP = frozenset({130, 143})
STOPS_WITHIN_SECONDS = 5
# The others let the web go first, so that the first page is there sooner on a small computer.
GOES_FIRST, LETS_GO_FIRST = "web", 10
# What nobody needs before the first page has come waits for so long.
NEEDED_LATER, LATER_SECONDS = frozenset({"worker", "beat"}), 2
NO_NEWS = frozenset({"", "worker: Warm shutdown (MainProcess)"})


def run_together(
    lines: dict[str, list[str]], *, cwd: Path, env: dict[str, str], say: Callable[[str], None]
) -> int:
    """Run the processes until somebody stops them or one ends; return the exit status.

    It is 0 after Ctrl-C, SIGTERM or a closed window, and not 0 if a process ended by itself.
    """
    manager = Together(printer=Console(say))
    manager._process_ctor = EndsWithParent  # noqa: SLF001 -- honcho has no other door for it
    for name, words in lines.items():
        wait = f"sleep {LATER_SECONDS}; " if name in NEEDED_LATER else ""
        manager.add_process(name, f"{wait}exec {shlex.join(words)}", env=env, cwd=str(cwd))
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    manager.loop()
    return 0 if manager.returncode in ASKED_TO_STOP else max(manager.returncode, 1)


class Together(Manager):  # type: ignore[misc] # honcho has no types
    """honcho's manager, which may also be asked to stop before all have started."""

    asked_early = False

    def terminate(self) -> None:
        if self._all_started():
            super().terminate()
        else:
            self.asked_early = True  # there is no process yet to send a signal to

    def _system_print(self, data: str) -> None:
        super()._system_print(data)
        if self.asked_early and not self._terminating:
            self.terminate()


class Console(Printer):  # type: ignore[misc] # honcho has no types
    """Shows what the processes say, and of honcho's own news only what a person needs."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(sys.stdout)
        self.say = say
        self.stopping = False

    def write(self, message: Message) -> None:
        try:
            if message.name == SYSTEM_PRINTER_NAME:
                self._news(message.data.strip())
            elif message.data.decode("utf-8", "replace").strip() not in NO_NEWS:
                super().write(message)
        except OSError:
            pass  # the window is closed; the processes must be stopped all the same

    def _news(self, news: str) -> None:
        if self.stopping or not ("received" in news or "stopped" in news):
            return
        self.stopping = True
        if "received" in news:
            self.say("Stopping ...")
        else:
            name, _, status = news.partition(" stopped ")
            self.say(f"The {name} process ended by itself {status}: stopping the others.")


class EndsWithParent(Process):  # type: ignore[misc] # honcho has no types
    """A process that is stopped even when the supervisor itself was killed."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        threading.Thread(target=self._watch, daemon=True).start()
        if self.name != GOES_FIRST:
            os.nice(LETS_GO_FIRST)
        super().run(events, ignore_signals)

    def _watch(self) -> None:
        parent = multiprocessing.parent_process()
        if parent is None:
            return
        parent.join()
        try:
            os.killpg(self._child.pid, signal.SIGTERM)
            self._child.wait(STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it had ended already
        os._exit(1)
