"""A folder of everything that a folder should not hold, and what a build makes of it.

``python tests/hostile.py --full`` fills a folder with files of full size, builds a store of it and
prints a line a file: what became of it, seconds, and why. The suite does the same with small ones.
"""

# ruff: noqa: E501 (rows of inputs are easier to read whole)

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from made import docx_of, html_of, pdf_of

ROOT = Path(__file__).resolve().parent.parent
GOOD = "United Nations\n{symbol}\nGeneral Assembly\n\nThe General Assembly,\n\nRecalling its resolution 70/1 of 25 September 2015,\n\n1. Requests the Secretary-General to report to it at its ninety-ninth session.\n"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Maker = Callable[[Path, int], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is made in a size, small and full, and whether it must be stored."""

    name: str
    make: Maker
    small: int = 1
    full: int = 1
    good: bool = False
    reason: str = ""


def _write(path: Path, data: str | bytes) -> None:
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))


def text(make: Callable[[int], str | bytes]) -> Maker:
    return lambda path, size: _write(path, make(size))


def zipped(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str, *, head: str = "", **more: bytes) -> bytes:
    document = f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>".encode()
    return zipped(("word/document.xml", document), *((f"word/{k}.xml", v) for k, v in more.items()))


_RUN = "<w:p><w:r><w:t>A/72/440</w:t></w:r></w:p>"
_LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip
_FILE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
_OUTSIDE = (
    "<Relationships><Relationship Id='1' Type='x/officeDocument' TargetMode='External' "
    "Target='http://127.0.0.1:9/document.xml'/></Relationships>"
)


def bomb_of_size(size: int) -> bytes:
    return word("<w:p>" + " " * size * 2**20 + "</w:p>")


def bomb_of_noise(size: int) -> bytes:
    """Unpacks to much, at a ratio that text might have."""
    line = "".join(f"<w:p><w:r><w:t>{n * 7919 % 100003}</w:t></w:r></w:p>" for n in range(20_000))
    return word(line * size)


def bomb_of_lies(size: int) -> bytes:
    """The archive says that its part is of ten bytes."""
    data = bytearray(bomb_of_size(size))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def nested(size: int) -> bytes:
    inner = b"\0" * 2**20
    for _ in range(size):
        inner = zipped(("word/document.xml", inner), ("again.zip", inner))
    return inner


def pdf(*objects: str | bytes) -> bytes:
    """A PDF of numbered objects, the first its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        body = body if isinstance(body, bytes) else body.encode()
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    return bytes(out + trailer.encode())


_CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"


def pdf_page(stream: bytes, *, filters: str = "/FlateDecode") -> bytes:
    head = f"<< /Length {len(stream)} /Filter [{filters}] >>\nstream\n".encode()
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf(_CATALOG, pages, _PAGE, head + stream + b"\nendstream")


def deflated(piece: bytes, size: int, *, head: bytes = b"", times: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    data = packer.compress(head) + b"".join(packer.compress(piece) for _ in range(size))
    data += packer.flush()
    return data if times == 1 else zlib.compress(data)


def pdf_text(size: int) -> bytes:
    return pdf_page(deflated(b"(A/RES/70/1) Tj ", size, head=b"BT /F1 9 Tf 9 9 Td "))


def pdf_blanks(size: int, times: int = 1) -> bytes:
    stream = deflated(b" " * 2**20, size, times=times)
    return pdf_page(stream, filters="/FlateDecode " * times)


def pdf_hidden(size: int) -> bytes:
    """Blanks packed as a dictionary says that a picture is."""
    return pdf_page(deflated(b" " * 2**20, size), filters="/FlateDecode] /Subtype /Image /X [")


def pdf_forms(size: int) -> bytes:
    """Forms that each draw the next one ten times; the last one writes."""
    fonts = _PAGE.partition("/Resources")[2].removesuffix(" >>")
    objects = [_CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    for number in range(3, 4 + size):
        drawn, named = "/I Do " * 10, f"<< /XObject << /I {number + 2} 0 R >> >>"
        if number == 3 + size:
            drawn, named = "BT /F1 9 Tf 9 9 Td (A/RES/70/1) Tj ET", fonts
        head = f"/Subtype /Form /BBox [0 0 600 800] /Resources {named} /Length {len(drawn)}"
        if number == 3:
            page = f"{_PAGE.partition('/Resources')[0]} /Resources {named} >>"
            objects += [page, f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"]
        else:
            objects.append(f"<< /Type /XObject {head} >>\nstream\n{drawn}\nendstream")
    return pdf(*objects)


def pdf_loop(size: int) -> bytes:
    kids = "<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 /Parent 3 0 R >>"
    return pdf(_CATALOG, kids, "<< /Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R >>")


def pdf_count(size: int) -> bytes:
    return pdf(_CATALOG, f"<< /Type /Pages /Kids [3 0 R] /Count {size} >>", _PAGE, "<< >>")


def pdf_pages(size: int) -> bytes:
    return pdf(_CATALOG, f"<< /Type /Pages /Kids [{'3 0 R ' * size}] /Count {size} >>", _PAGE, "")


def link(path: Path, size: int, *, to: str) -> None:
    path.symlink_to(to)


def loop(path: Path, size: int) -> None:
    other = path.with_name(f"other-{path.name}")
    path.symlink_to(other.name)
    other.symlink_to(path.name)


def listening(path: Path, size: int) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may be of a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def device(path: Path, size: int) -> None:
    try:
        os.mknod(path, 0o20666, os.makedev(1, 5))
    except OSError:  # only root may
        path.symlink_to("/dev/zero")


def closed(path: Path, size: int) -> None:
    """Neither to be read nor, where it is a folder, to be looked into; root may both."""
    _write(path, "x")
    path.chmod(0)


def closed_folder(path: Path, size: int) -> None:
    path.mkdir()
    _write(path / "a.txt", "x")
    if os.geteuid():
        path.chmod(0)


def sparse(path: Path, size: int) -> None:
    """Zero bytes that take no room."""
    with path.open("wb") as file:
        file.truncate(size * 2**20)


def one_line(path: Path, size: int) -> None:
    with path.open("wb") as file:
        for _ in range(size):
            file.write(b"The General Assembly " * (2**20 // 21))


def deep(path: Path, size: int) -> None:
    """Folders in folders, deeper than a path may be long."""
    here = os.open(path.parent, os.O_RDONLY)
    try:
        for _ in range(size):
            name = path.name if _ == 0 else "d"
            os.mkdir(name, dir_fd=here)
            below = os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    finally:
        os.close(here)


def folder(path: Path, size: int) -> None:
    path.mkdir()
    _write(path / "inside.en.txt", GOOD.format(symbol="A/99/901"))


def good(path: Path, size: int, *, symbol: str, make: Callable[[str], bytes] = str.encode) -> None:
    _write(path, make(GOOD.format(symbol=symbol)))


def named_in_bytes(path: Path, size: int) -> None:
    Path(os.fsdecode(os.fsencode(path.parent) + b"/\xff\xfe.txt")).write_text("The Assembly")


def cells(size: int) -> str:
    row = "| " + " | ".join(["A/72/440"] * 100) + " |\n"
    return row + "|---" * 100 + "|\n" + row * (size // 100)


def chinese(size: int) -> str:
    return "大会，\n\n" + "回顾其第 70/1 号决议，" * size


MANIFEST = (
    "path,symbol,language\n/etc/passwd,A/72/440,en\n../../../etc/shadow,A/72/441,en\n"
    "good.en.txt,A/99/900,en\nevil.txt,no symbol,en\n,,\n\"\n\x00\n"
)  # fmt: skip
_LD = '{"@context": "http://127.0.0.1:9/context.jsonld", "@id": "x", "a": 1}'
K, M = 1_000, 1_000_000

KINDS = (
    Kind("good.en.txt", partial(good, symbol="A/99/900"), good=True),
    Kind("good.html", partial(good, symbol="A/99/902", make=html_of), good=True),
    Kind("good.docx", partial(good, symbol="A/99/903", make=docx_of), good=True),
    Kind("good.pdf", partial(good, symbol="A/99/904", make=pdf_of), good=True),
    Kind("a folder.txt", folder),
    Kind("bomb of size.docx", text(bomb_of_size), 20, 1000, reason="zip bomb"),
    Kind("bomb of noise.docx", text(bomb_of_noise), 1, 200),
    Kind("bomb that lies.docx", text(bomb_of_lies), 20, 1000),
    Kind("bomb of parts.docx", text(lambda n: zipped(*((f"{i}", b"") for i in range(n)))), 10_001,
         60_000, reason="parts"),
    Kind("bomb in bombs.docx", text(nested), 2, 9),
    Kind("nested.docx", text(lambda n: word("<w:p>" * n + "</w:p>" * n)), K, 100 * K),
    Kind("laughs.docx", text(lambda n: word(_RUN + "&a9;", head=_LAUGHS)), reason="document type"),
    Kind("entity.docx", text(lambda n: word(_RUN + "&a;", head=_FILE)), reason="document type"),
    Kind("entity in styles.docx", text(lambda n: word(_RUN, styles=f"{_FILE}<x/>".encode())),
         reason="document type"),
    Kind("outside.docx", text(lambda n: zipped(("_rels/.rels", _OUTSIDE.encode())))),
    Kind("cut.docx", text(lambda n: docx_of(GOOD)[:-200]), reason="broken"),
    Kind("zip.docx", text(lambda n: zipped(("a.txt", b"x")))),
    Kind("notes.docx", text(lambda n: word("<w:p><w:r>" + "<w:footnoteReference w:id='2'/>" * n
         + "</w:r></w:p>", footnotes=f"<w:x {_W}><w:footnote w:id='2'>{_RUN}</w:footnote></w:x>"
         .encode())), 2 * K, 100 * K),
    Kind("text.txt.docx", text(lambda n: GOOD), reason="no such file"),
    Kind("cut.pdf", text(lambda n: pdf_of(GOOD)[:300])),
    Kind("text.pdf", text(pdf_text), 2 * K, 2 * M),
    Kind("blanks.pdf", text(pdf_blanks), 20, 2000, reason="PDF bomb"),
    Kind("blanks twice.pdf", text(partial(pdf_blanks, times=2)), 20, 2000, reason="PDF bomb"),
    Kind("blanks hidden.pdf", text(pdf_hidden), 1, 2000),
    Kind("forms in forms.pdf", text(pdf_forms), 2, 7),
    Kind("loop.pdf", text(pdf_loop)),
    Kind("count.pdf", text(pdf_count), 2**31 - 1, 2**31 - 1),
    Kind("pages.pdf", text(pdf_pages), 3_001, 200 * K),
    Kind("no trailer.pdf", text(lambda n: b"%PDF-1.7\n" + b"1 0 obj\n" * n), K, M),
    Kind("deep.html", text(lambda n: "<html>" + "<div>" * n + "A/72/440"), 2 * K, 100 * K),
    Kind("deep hidden.html", text(lambda n: "<html>" + "<svg>" * n + "</math>" * n), K, 100 * K),
    Kind("comments.html", text(lambda n: "<html>" + "<!--" * n), 2 * K, 250 * K),
    Kind("half tags.html", text(lambda n: "<html>" + "<a " * n), 2 * K, 250 * K),
    Kind("attributes.html", text(lambda n: "<html><p " + "a=1 " * n + ">A/72/440"), K, 250 * K),
    Kind("half ends.html", text(lambda n: "<html>" + "</" * n), 2 * K, 250 * K),
    Kind("cdata.html", text(lambda n: "<html>" + "<![CDATA[" * n), 2 * K, 100 * K),
    Kind("entities.html", text(lambda n: f"<html>{_LAUGHS}&a9;" + "&lt;" * n), K, M),
    Kind("scripts.html", text(lambda n: "<html><meta http-equiv=refresh content='0;url=http://127."
         "0.0.1:9/'><script src=http://127.0.0.1:9/a.js>while(1);</script><iframe src=/etc/passwd>"
         "</iframe>" + html_of(GOOD.format(symbol="A/99/905")).decode())),
    Kind("encodings.html", text(lambda n: "<html><meta charset=undefined><p>A/72/440")),
    Kind("one line.txt", one_line, 1, 1000),
    Kind("one line, shorter.txt", one_line, 1, 60),
    Kind("sparse.txt", sparse, 70, 1_000_000, reason="larger than"),
    Kind("zeros.txt", sparse, 1, 60),
    Kind("nul.txt", text(lambda n: "The General\0 Assembly\0" * n), 100, M),
    Kind("noise.txt", text(lambda n: bytes(i * i % 251 for i in range(n))), 10 * K, M),
    Kind("utf-16 without mark.txt", text(lambda n: GOOD.encode("utf-16-le"))),
    Kind("utf-16 cut.txt", text(lambda n: GOOD.encode("utf-16")[:-1])),
    Kind("utf-32.txt", text(lambda n: GOOD.encode("utf-32"))),
    Kind("latin-1.txt", text(lambda n: b"R\xe9solution de l'Assembl\xe9e" * n), 1, K),
    Kind("mixed.txt", text(lambda n: "大会，".encode("gb18030") + "大会，é".encode())),
    Kind("surrogates.txt", text(lambda n: "The General Assembly \ud800\udc00\udfff" * n), 1, K),
    Kind("empty.txt", text(lambda n: "")),
    Kind("mark.txt", text(lambda n: b"\xef\xbb\xbf")),
    Kind("brackets.txt", text(lambda n: "(" * n + ")" * n), 20 * K, M),
    Kind("square brackets.md", text(lambda n: "[" * n + "](" * n), 20 * K, M),
    Kind("digits.txt", text(lambda n: "1" * n), 20 * K, M),
    Kind("raised.txt", text(lambda n: "The General Assembly" + "¹" * n), 20 * K, M),
    Kind("marks.txt", text(lambda n: "The General Assembly e" + "\u0301" * n), 20 * K, M),
    Kind("blanks.txt", text(lambda n: "The General Assembly" + " " * n + "."), 20 * K, M),
    Kind("line ends.txt", text(lambda n: "The General Assembly" + "\r\n" * n + "."), 20 * K, M),
    Kind("rtl.txt", text(lambda n: "الجمعية العامة، \u202e\u2066" * n), K, 100 * K),
    Kind("cited.en.txt", text(lambda n: "The General Assembly,\n\n" + "resolution 70/1 of 25 "
         "September 2015, " * n), 200, 100 * K),
    Kind("cited.zh.txt", text(chinese), 200, 100 * K),
    Kind("lines.en.txt", text(lambda n: "Recalling its resolution 70/1,\n\n" * n), 200, 100 * K),
    Kind("numbered.en.txt", text(lambda n: "The General Assembly,\n\n" + "".join(
         f"{i}. Requests the Secretary-General to report;\n\n" for i in range(n))), 200, 50 * K),
    Kind("table.md", text(cells), 2 * K, 100 * K),
    Kind("quotes.txt", text(lambda n: "“«《" * n), 5 * K, 300 * K),
    Kind("context.jsonld", text(lambda n: _LD), reason="no kind of document"),
    Kind("context.txt", text(lambda n: _LD)),
    Kind("program.txt", text(lambda n: b"\x7fELF" + b"\0" * 100), reason="program"),
    Kind("packed.txt", text(lambda n: b"\x1f\x8b\x08\0")),
    Kind("old.doc", text(lambda n: b"\xd0\xcf\x11\xe0"), reason="no kind of document"),
    Kind("circle.txt", loop),
    Kind("dangling.txt", partial(link, to="nowhere.txt"), reason="link that leads nowhere"),
    Kind("upwards", partial(link, to="."), reason="link to a folder"),
    Kind("zero.txt", partial(link, to="/dev/zero"), reason="no regular file"),
    Kind("fifo.txt", lambda path, n: os.mkfifo(path), reason="no regular file"),
    Kind("socket.txt", listening, reason="no regular file"),
    Kind("device.txt", device, reason="no regular file"),
    Kind("closed.txt", closed),
    Kind("closed folder", closed_folder),
    Kind("deep folders", deep, 2_100, 2_500, reason="cannot be looked into"),
    Kind("a\nb\x1b[31m\u202e.txt", text(lambda n: GOOD.format(symbol="A/99/906"))),
    Kind("é" * 120 + ".txt", text(lambda n: GOOD.format(symbol="A/99/907"))),
    Kind("not utf-8", named_in_bytes, reason="not UTF-8"),
    Kind("-rf.txt", text(lambda n: GOOD.format(symbol="A/99/908"))),
    Kind("manifest.csv", text(lambda n: MANIFEST)),
    Kind("taken.en.txt", text(lambda n: GOOD.format(symbol="A/99/900") + "Another."),
         reason="claims"),
)  # fmt: skip


def fill(where: Path, *, full: bool) -> None:
    """Make the folder with a file of each kind."""
    where.mkdir()
    for kind in KINDS:
        kind.make(where / kind.name, kind.full if full else kind.small)


def emptied(where: Path) -> None:
    """Take the folder away again, however deep it is."""
    subprocess.run(["chmod", "-R", "u+rwx", str(where)], check=False, capture_output=True)
    subprocess.run(["rm", "-rf", str(where)], check=True)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: its exit status, a report a file, its messages, time and memory."""

    status: int
    files: dict[str, dict[str, Any]]
    messages: str
    seconds: float
    memory: int


def build(where: Path, store: Path, *, jobs: int = 2) -> Built:
    """Run ``kg build`` over a folder in a process of its own."""
    report = store.with_suffix(".jsonl")
    command = [sys.executable, "-m", "kg", "build", str(where), "--store", str(store)]
    start = time.monotonic()
    with subprocess.Popen(
        [*command, "--jobs", str(jobs), "--report", str(report)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        start_new_session=True,
    ) as building:  # fmt: skip
        peaks: dict[str, int] = {}
        watching = threading.Thread(target=_watch, args=(building, peaks))
        watching.start()
        messages = building.communicate()[1]
        watching.join()
    assert report.exists(), messages[-3000:]
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    return Built(
        building.returncode,
        {line["path"]: line for line in lines},
        messages,
        time.monotonic() - start,
        max(peaks.values(), default=0),
    )


def _watch(building: subprocess.Popen[str], peaks: dict[str, int]) -> None:
    """The most memory that each process of a build's session held, looked at as it runs.

    The system's own count of a child starts with that of the process it was made by, and leaves
    out processes that were made by other children.
    """
    while building.poll() is None:
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, IndexError):
                if (process / "stat").read_text().rpartition(")")[2].split()[3] != str(
                    building.pid
                ):
                    continue
                held = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())
                if held:
                    peaks[process.name] = max(peaks.get(process.name, 0), int(held[1]) * 1024)
        time.sleep(0.02)


def findings(where: Path, built: Built) -> Iterator[str]:  # noqa: C901
    """What is not as promised."""
    if built.status != 1:
        yield f"exit status {built.status}, 1 expected: {built.messages[-300:]}"
    for kind in KINDS:
        # A folder's files are told, or the folder itself.
        told = [one for path, one in built.files.items() if _is_of(kind, where, path)]
        if not told:
            yield f"{kind.name!r}: nothing is said of it"
        if kind.good and [one["change"] for one in told] != ["added"]:
            yield f"{kind.name!r}: is good and was not added: {told}"
        if kind.reason and not any(kind.reason in one["reason"] for one in told):
            yield f"{kind.name!r}: {kind.reason!r} expected, not {told}"
        for one in told:
            if one["change"] == "failed" and str(where) not in one["reason"]:
                yield f"{kind.name!r}: the reason names no file: {one['reason']}"
            if "Error:" in one["reason"] or "signal" in one["reason"]:
                yield f"{kind.name!r}: not caught: {one['reason']}"
            if one["seconds"] > 31:
                yield f"{kind.name!r}: took {one['seconds']} seconds"
    if built.memory > 2**30:
        yield f"a process took {built.memory / 2**20:.0f} MiB"


def _is_of(kind: Kind, where: Path, path: str) -> bool:
    name = "\udcff\udcfe.txt" if kind.name == "not utf-8" else kind.name
    return path == str(where / name) or path.startswith(f"{where / name}/")


def run(scratch: Path, *, full: bool) -> int:
    """Fill, build, print what became of each file; 1 if anything is not as promised."""
    where = scratch / "hostile"
    try:
        fill(where, full=full)
        built = build(where, scratch / "store")
        for path, one in built.files.items():
            name = ascii(path.removeprefix(f"{where}/"))[1:-1][:30]
            reason = one["reason"].partition(": ")[2][:90]
            print(f"{one['change']:8} {one['seconds']:6.1f} s  {name:30}  {ascii(reason)[1:-1]}")
        found = list(findings(where, built))
        print(*found, sep="\n")
        print(
            f"{len(KINDS)} kinds, {len(built.files)} files told of, {built.seconds:.0f} s,"
            f" {built.memory / 2**20:.0f} MiB at most, {len(found)} not as promised"
        )
        return 1 if found else 0
    finally:
        emptied(where)
