"""`shangju up` as a person meets it: a process in a terminal, with dummies for services."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.ports import HOST, Ports, free_ports

from . import dummies


class Terminal:
    """One run of the dummy system and what it prints."""

    def __init__(self, home: Path, ports: Ports) -> None:
        environment = {"SHANGJU_HOME": str(home), "SHANGJU_PORT_OFFSET": str(ports.offset)}
        self.process = subprocess.Popen(
            [sys.executable, dummies.__file__],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def read_until(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return
        pytest.fail(f"never said: {words}")

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def ending(self) -> tuple[int, str]:
        words, _ = self.process.communicate(timeout=15)
        return self.process.returncode, words


@pytest.fixture
def ports() -> Ports:
    return free_ports()


@pytest.fixture
def terminal(home: Path, ports: Ports) -> Iterator[Terminal]:
    run = Terminal(home, ports)
    yield run
    run.process.kill()
    run.process.communicate()


def test_it_says_where_to_go_and_ctrl_c_stops_all_children(terminal: Terminal, ports: Ports, home: Path):
    terminal.read_until(f"shangju is ready: http://127.0.0.1:{ports.api('portal')}")
    children = terminal.children()
    assert len(children) == 2

    terminal.process.send_signal(signal.SIGINT)

    code, words = terminal.ending()
    assert code == 0
    assert words.rstrip().endswith("shangju has stopped")
    assert not [child for child in children if child.is_running()]
    assert dummies.notes(home)[-2:] == ["stop user", "stop base"]


def test_children_do_not_outlive_a_killed_supervisor_and_the_next_one_starts(
    terminal: Terminal, home: Path, ports: Ports
):
    terminal.read_until("shangju is ready")
    children = terminal.children()

    terminal.process.kill()

    _, alive = psutil.wait_procs(children, timeout=5)
    assert not alive
    again = Terminal(home, ports)
    again.read_until("shangju is ready")
    again.process.terminate()
    assert again.ending()[0] == 0


def test_a_second_copy_in_the_same_home_is_refused_in_plain_words(
    terminal: Terminal, home: Path, ports: Ports
):
    terminal.read_until("shangju is ready")

    code, words = Terminal(home, ports).ending()

    assert code == 1
    assert f"shangju already runs in {home} (process {terminal.process.pid})" in words
    assert "Traceback" not in words


def test_a_taken_port_is_said_before_anything_is_started(home: Path, ports: Ports):
    with socket.create_server((HOST, ports.api("complaints"))):
        code, words = Terminal(home, ports).ending()

    assert code == 1
    assert f"port {ports.api('complaints')} (complaints) is taken" in words
    assert dummies.notes(home) == []


def test_stop_ends_a_run_from_another_terminal(terminal: Terminal, home: Path):
    terminal.read_until("shangju is ready")

    subprocess.run(
        [sys.executable, "-m", "deploy.local", "stop"],
        env={**os.environ, "SHANGJU_HOME": str(home)},
        check=True,
    )

    assert terminal.ending()[0] == 0
