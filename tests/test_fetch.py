"""Getting documents by symbol, tried on a server of the tests' own."""

from __future__ import annotations

import csv
import io
import threading
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import FetchError
from kg.fetch import Client, Fetched, fetch, file_name

PDF = b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF\n"
Answer = tuple[int, dict[str, str], bytes]
Script = list[Answer]


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return out.getvalue()


class Server:
    """Answers each symbol and language with what its script says next, the last one for ever."""

    def __init__(self) -> None:
        self.scripts: dict[tuple[str, str], Script] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.active = self.most = 0
        self.lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with server.lock:
                    server.active += 1
                    server.most = max(server.most, server.active)
                status, headers, body = server.answer(self.path)
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                # Before the last byte: whoever has it all may ask again at once.
                with server.lock:
                    server.active -= 1
                self.wfile.write(body)

            def log_message(self, format: str, *_: object) -> None:
                """Nothing is logged."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def answer(self, path: str) -> Answer:
        where = urllib.parse.urlsplit(path)
        query = dict(urllib.parse.parse_qsl(where.query))
        if where.path != "/api/symbol/access":
            return 200, {}, PDF
        self.asked.append((query["s"], query["l"], query["t"]))
        script = self.scripts.get((query["s"], query["l"]), [(200, {}, PDF)])
        return script.pop(0) if len(script) > 1 else script[0]


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def run(
    server: Server, tmp_path: Path, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[Fetched]]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)

    def go(*symbols: str, languages: tuple[str, ...] = ("en",), **options: str) -> list[Fetched]:
        client = Client(base_url=server.url, pause=1.0, retries=3, timeout=5, sleep=slept.append)
        found = fetch(
            symbols, languages=languages, folder=tmp_path / "out", client=client, **options
        )  # type: ignore[arg-type]
        return list(found)

    return go


Run = Callable[..., list[Fetched]]


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "out" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_documents_come_one_at_a_time_with_a_pause(
    run: Run, server: Server, slept: list[float], tmp_path: Path
) -> None:
    done = run("A/RES/70/1", "S/RES/2133(2014)", languages=("zh", "en"))
    assert [one.change for one in done] == ["fetched"] * 4
    assert server.asked[0] == ("A/RES/70/1", "zh", "pdf")
    assert (server.most, slept) == (1, [1.0, 1.0, 1.0])
    assert (tmp_path / "out" / "S_RES_2133(2014).en.pdf").read_bytes() == PDF
    assert rows(tmp_path)[0] == {
        "path": "A_RES_70_1.en.pdf", "symbol": "A/RES/70/1", "language": "en",
    }  # fmt: skip
    assert len(rows(tmp_path)) == 4


def test_what_is_there_is_not_asked_for_again(run: Run, server: Server, tmp_path: Path) -> None:
    run("A/RES/70/1")
    before = (tmp_path / "out" / "manifest.csv").read_bytes()
    assert [one.change for one in run("A/RES/70/1")] == ["there"]
    assert len(server.asked) == 1
    assert (tmp_path / "out" / "manifest.csv").read_bytes() == before


def test_a_file_that_was_cut_off_is_got_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "A_RES_70_1.en.pdf").write_bytes(PDF[:100])
    assert [one.change for one in run("A/RES/70/1")] == ["fetched"]


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        ([(503, {}, b""), (503, {}, b""), (200, {}, PDF)], [2.0, 4.0]),
        ([(429, {"Retry-After": "7"}, b""), (200, {}, PDF)], [7.0]),
        ([(503, {"Retry-After": "0"}, b""), (200, {}, PDF)], [2.0]),
        ([(200, {}, PDF[:200]), (200, {}, PDF)], [2.0]),
        ([(200, {"Content-Length": "99999"}, PDF), (200, {}, PDF)], [2.0]),
    ],
    ids=["503", "429", "no wait", "cut pdf", "cut body"],
)
def test_a_passing_failure_is_tried_again(
    run: Run, server: Server, slept: list[float], answers: Script, waits: list[float]
) -> None:
    server.scripts["A/RES/70/1", "en"] = answers
    assert [one.change for one in run("A/RES/70/1")] == ["fetched"]
    assert slept == waits


@pytest.mark.parametrize(
    ("answer", "reason", "asked"),
    [
        ((404, {}, b"no"), "not there.*404", 1),
        ((403, {}, b"no"), "refused", 1),
        ((200, {}, b""), "not published", 1),
        ((200, {}, b"<!doctype html><p>There is no document"), "web page", 1),
        ((200, {}, docx()), "another format", 1),
        ((200, {"Content-Length": str(10**9)}, b""), "larger than", 1),
        ((500, {}, b""), "tried 4 times", 4),
        ((429, {"Retry-After": "86400"}, b""), "asks to wait 86400 s", 1),
        ((302, {"Location": "file:///etc/passwd"}, b""), "no web address", 1),
    ],
    ids=["404", "403", "empty", "page", "docx", "large", "500", "long wait", "file"],
)
def test_a_failure_is_named_and_leaves_nothing(
    run: Run, server: Server, tmp_path: Path, answer: Answer, reason: str, asked: int
) -> None:
    server.scripts["A/RES/70/1", "en"] = [answer]
    failed, done = run("A/RES/70/1", "A/RES/70/2")
    assert failed.change == "failed"
    with pytest.raises(FetchError, match=rf"A/RES/70/1 \(en\): .*{reason}"):
        raise failed.error or AssertionError
    assert server.asked.count(("A/RES/70/1", "en", "pdf")) == asked
    assert done.change == "fetched"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "A_RES_70_2.en.pdf", "manifest.csv",
    ]  # fmt: skip


def test_a_redirection_is_followed(run: Run, server: Server) -> None:
    server.scripts["A/RES/70/1", "en"] = [(302, {"Location": f"{server.url}/doc/1.pdf"}, b"")]
    assert [one.change for one in run("A/RES/70/1")] == ["fetched"]


def test_word_files_can_be_asked_for(run: Run, server: Server, tmp_path: Path) -> None:
    server.scripts["A/RES/70/1", "en"] = [(200, {}, docx())]
    server.scripts["A/RES/20/1", "en"] = [(200, {}, b"\xd0\xcf\x11\xe0" + bytes(99))]
    done, old = run("A/RES/70/1", "A/RES/20/1", format="docx")
    assert done.path == tmp_path / "out" / "A_RES_70_1.en.docx"
    assert "--format pdf" in str(old.error)


@pytest.mark.parametrize("symbol", ["../../etc/passwd", "/etc/passwd", "A/..", "x\0y", ""])
def test_what_is_no_symbol_is_never_asked_for(run: Run, server: Server, symbol: str) -> None:
    (one,) = run(symbol)
    assert one.change == "failed"
    assert server.asked == []


def test_a_server_that_is_not_there_ends_it(tmp_path: Path, server: Server) -> None:
    server.http.server_close()
    client = Client(base_url=server.url, pause=0, timeout=2)
    found = list(
        fetch(["A/RES/70/1", "A/RES/70/2"], languages=["en"], folder=tmp_path, client=client)
    )
    assert len(found) == 1
    assert "cannot reach" in str(found[0].error) and "again" in str(found[0].error)


def test_unusable_arguments(tmp_path: Path) -> None:
    for words in ({"languages": ["xx"]}, {"languages": []}):
        with pytest.raises(FetchError, match="--language"):
            list(fetch(["A/RES/70/1"], folder=tmp_path, **words))
    for url in ("file:///etc", "ftp://a.example", "no address", "http://"):
        with pytest.raises(FetchError, match="--base-url"):
            list(
                fetch(
                    ["A/RES/70/1"], languages=["en"], folder=tmp_path, client=Client(base_url=url)
                )
            )


def test_a_foreign_table_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.csv").write_text("name,age\nx,1\n", encoding="utf-8")
    (one,) = run("A/RES/70/1")
    assert "move it away" in str(one.error)
    assert (tmp_path / "out" / "manifest.csv").read_text(encoding="utf-8") == "name,age\nx,1\n"


def test_what_is_fetched_can_be_built(run: Run, server: Server, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from kg.ingest import build
    from kg.store import Store

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "The General Assembly,")
    canvas.drawString(72, 680, "Recalling its resolution 70/1 of 25 September 2015,")
    canvas.save()
    server.scripts["E/CN.4/98/L.3", "en"] = [(200, {}, out.getvalue())]
    run("E/CN.4/98/L.3")
    with Store.in_memory() as store:
        report = build([tmp_path / "out"], store=store)
        assert (report.done, report.errors) == (1, ())
        assert "https://undocs.org/en/E/CN.4/98/L.3" in store.graphs()


def test_file_names_are_safe() -> None:
    assert file_name("A/C.3/72/L.6/Rev.1", "zh", "pdf") == "A_C.3_72_L.6_Rev.1.zh.pdf"
    assert file_name("A/RES/57/270 B", "en", "pdf") == "A_RES_57_270-B.en.pdf"
