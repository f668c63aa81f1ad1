"""What the kernel takes from a query's process holds even where the text was not refused."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.serve.conftest import ROOT

PROGRAM = """
import json, socket, sys
sys.path.insert(0, {root!r})
import pyoxigraph as ox
from kg.serve import sandbox
listener = socket.create_server(("127.0.0.1", 0))
url = "http://127.0.0.1:%d/" % listener.getsockname()[1]
store = ox.Store()
told = {{}}
{body}
print(json.dumps(told))
"""


def run(body: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(root=str(ROOT), body=body)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")
def test_no_socket_is_to_be_had() -> None:
    told = run(
        """
told["refused"] = sandbox.refuse_sockets()
for name, attempt in {
    "socket": lambda: socket.socket(),
    "service": lambda: list(store.query("SELECT * { SERVICE <%s> { ?s ?p ?o } }" % url)),
    "load": lambda: store.update("LOAD <%s>" % url),
}.items():
    try:
        attempt()
        told[name] = "open"
    except OSError as error:
        told[name] = "refused"
told["file"] = open("/etc/hosts").readable()
listener.settimeout(0.1)
try:
    listener.accept()
    told["visited"] = True
except OSError:
    told["visited"] = False
"""
    )
    if not told["refused"]:
        pytest.skip("this system has no such filter")
    assert told == {
        "refused": True, "socket": "refused", "service": "refused", "load": "refused",
        "file": True, "visited": False,
    }  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_offline_means_offline() -> None:
    told = run(
        """
told["offline"] = sandbox.go_offline()
try:
    socket.create_connection(listener.getsockname(), timeout=1)
    told["connected"] = True
except OSError:
    told["connected"] = False
"""
    )
    if not told["offline"]:
        pytest.skip("this system lets no process leave the network")
    assert told["connected"] is False


@pytest.mark.skipif(sys.platform == "win32", reason="no timers there")
def test_a_process_dies_by_itself_when_nobody_is_left_to_kill_it() -> None:
    code = PROGRAM.format(
        root=str(ROOT),
        body="""
import time
with sandbox.mortal(0.3):
    while True:
        pass
""",
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=30)
    assert done.returncode == -14
