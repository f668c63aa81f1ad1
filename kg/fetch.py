"""Documents by symbol from the UN's Official Document System, one at a time and politely.

The system answers ``/api/symbol/access?s=SYMBOL&l=LANGUAGE&t=pdf`` with the document or a
redirection to it; for a symbol that is not published it answers 404, an empty body or a web
page, so what comes is looked at before it is kept. The standard library's client is enough for
one request after another, and its handlers can be limited to http and https.
"""

from __future__ import annotations

import csv
import http.client
import io
import os
import re
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

from kg.errors import FetchError, ReadError, UnkgError
from kg.files import MAX_BYTES
from kg.languages import CODES
from kg.read.formats import format_of
from kg.symbol import parse

BASE_URL = "https://documents.un.org"
MANIFEST = "manifest.csv"
PAUSE, RETRIES, TIMEOUT = 1.0, 4, 60.0
# A server that asks for a longer wait is asked again another day.
LONGEST_WAIT = 300.0
_COLUMNS = ("path", "symbol", "language")
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_ABSENT = frozenset({400, 404, 410})

Format = Literal["pdf", "docx"]
Change = Literal["fetched", "there", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of one document in one language: its file, or the error."""

    symbol: str
    language: str
    change: Change
    path: Path | None = None
    error: UnkgError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """How to ask: where, how long to wait, how often to try again."""

    base_url: str = BASE_URL
    pause: float = PAUSE
    retries: int = RETRIES
    timeout: float = TIMEOUT
    sleep: Callable[[float], None] = time.sleep


class _UnreachableError(FetchError):
    """No server answers: there is no use in asking for the next document."""


class _PassingError(FetchError):
    """A failure that may be gone at the next try; ``wait`` is what the server asks for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def fetch(
    symbols: Sequence[str],
    *,
    languages: Sequence[str],
    folder: Path,
    format: Format = "pdf",
    client: Client | None = None,
) -> Iterator[Fetched]:
    """Each document in each language as a file of ``folder``; what is there is not asked for.

    The folder's ``manifest.csv`` says which symbol and language each file is, and ``kg build``
    reads it. Stops at the first document for which no server can be reached.

    Raises:
        FetchError: the address is none, a language is unknown, the folder cannot be written.
    """
    client = client or Client()
    _check_address(client.base_url)
    unknown = [language for language in languages if language not in CODES]
    if unknown or not languages:
        raise FetchError(f"--language {','.join(unknown)}: give one or more of {','.join(CODES)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchError(f"{folder}: cannot be written ({error.strerror}); name another") from None
    asked = False
    for symbol in symbols:
        for language in languages:
            done = _one(symbol, language, folder, format, client, pause=asked)
            asked = asked or done.change != "there"
            yield done
            if isinstance(done.error, _UnreachableError):
                return


def _one(
    given: str, language: str, folder: Path, format: Format, client: Client, *, pause: bool
) -> Fetched:
    try:
        symbol = parse(given).text
        path = folder / file_name(symbol, language, format)
        change: Change = "there"
        if not _is_there(path, format):
            if pause:
                client.sleep(client.pause)
            data = _patiently(address(client.base_url, symbol, language, format), format, client)
            _write(path, data)
            change = "fetched"
        _enter(folder / MANIFEST, path.name, symbol, language)
        return Fetched(symbol=symbol, language=language, change=change, path=path)
    except UnkgError as error:
        named = type(error)(f"{given} ({language}): {error}")
        return Fetched(symbol=given, language=language, change="failed", error=named)


def file_name(symbol: str, language: str, format: str) -> str:
    """The file name of a document: safe everywhere, and telling symbol and language.

    >>> file_name("S/RES/2133(2014)", "fr", "pdf")
    'S_RES_2133(2014).fr.pdf'
    """
    stem = re.sub(r"[^A-Za-z0-9._()-]", "-", symbol.replace("/", "_")).lstrip(".")
    return f"{stem}.{language}.{format}"


def address(base_url: str, symbol: str, language: str, format: str) -> str:
    """Where the Official Document System gives a document.

    >>> address("https://documents.un.org", "A/RES/70/1", "en", "pdf")
    'https://documents.un.org/api/symbol/access?s=A%2FRES%2F70%2F1&l=en&t=pdf'
    """
    query = urllib.parse.urlencode({"s": symbol, "l": language, "t": format})
    return f"{base_url.rstrip('/')}/api/symbol/access?{query}"


def _check_address(url: str) -> None:
    try:
        parts = urllib.parse.urlsplit(url)
        host = parts.hostname
    except ValueError:
        parts, host = urllib.parse.SplitResult("", "", "", "", ""), None
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"--base-url {url}: is no http or https address; leave it out for the UN")


def _patiently(url: str, format: Format, client: Client) -> bytes:
    """The document at an address, asked for again after a while where that may help."""
    wait = max(client.pause, 0.0)
    for left in range(client.retries, -1, -1):
        try:
            return _checked(_asked(url, client.timeout), format)
        except _PassingError as error:
            if not left:
                raise FetchError(
                    f"{error}; tried {client.retries + 1} times, run it later"
                ) from None
            if error.wait is not None and error.wait > LONGEST_WAIT:
                raise FetchError(
                    f"{error}; the server asks to wait {error.wait:.0f} s, run it again then"
                ) from None
            wait *= 2
            client.sleep(max(wait, error.wait or 0.0))
    raise FetchError("cannot be got")  # pragma: no cover


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirections to http and https only."""

    max_redirections = 5

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urllib.parse.urlsplit(newurl).scheme not in ("http", "https"):
            raise FetchError(f"is redirected to {newurl[:80]}, which is no web address; left out")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """A client that knows http and https and nothing else (no file:, ftp: or data:)."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def _asked(url: str, timeout: float) -> bytes:
    from kg import __version__

    request = urllib.request.Request(url, headers={"User-Agent": f"unkg/{__version__}"})
    try:
        with _opener().open(request, timeout=timeout) as answer:
            return _body(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(error) from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _PassingError(f"no answer within {timeout:g} s") from None
        raise _UnreachableError(
            f"cannot reach {urllib.parse.urlsplit(url).netloc} ({error.reason}); check the network"
            " and run the same command again: it goes on where it stopped"
        ) from None
    except TimeoutError:
        raise _PassingError(f"no answer within {timeout:g} s") from None
    except (http.client.HTTPException, OSError) as error:
        raise _PassingError(f"the connection broke ({error or type(error).__name__})") from None


def _body(answer: http.client.HTTPResponse) -> bytes:
    said = answer.headers.get("Content-Length", "")
    if said.isdecimal() and int(said) > MAX_BYTES:
        raise FetchError(f"is larger than {MAX_BYTES // 2**20} MiB; left out")
    data = answer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FetchError(f"is larger than {MAX_BYTES // 2**20} MiB; left out")
    if said.isdecimal() and len(data) < int(said):
        raise _PassingError(f"came cut off ({len(data)} of {said} bytes)")
    return data


def _refusal(error: urllib.error.HTTPError) -> FetchError:
    if error.code in _ABSENT:
        return FetchError(
            f"is not there (status {error.code}); check the symbol, or try another language"
        )
    if 300 <= error.code < 400:
        return FetchError("is redirected to no web address, or in a circle; left out")
    message = f"the server refused it (status {error.code})"
    if error.code in _AGAIN:
        return _PassingError(message, wait=seconds_of(error.headers.get("Retry-After")))
    return FetchError(message)


def seconds_of(header: str | None, *, now: datetime | None = None) -> float | None:
    """The wait a ``Retry-After`` header asks for, in seconds; None if it asks for none.

    >>> seconds_of("120"), seconds_of("soon")
    (120.0, None)
    >>> at = datetime(2015, 10, 21, 7, 28, tzinfo=UTC)
    >>> seconds_of("Wed, 21 Oct 2015 07:29:00 GMT", now=at)
    60.0
    """
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())


def _checked(data: bytes, format: Format) -> bytes:
    """The data, if it is a whole document of the format asked for."""
    if not data.strip():
        raise FetchError("is not published in this language (an empty answer)")
    try:
        found = format_of(data)
    except ReadError as error:
        raise FetchError(f"what came {error}; try --format pdf") from None
    if found != format:
        what = "a web page" if found == "html" else f"a file of another format ({found})"
        raise FetchError(f"{what} came instead of the document; it may not be published")
    if not _is_whole(data, format):
        raise _PassingError("came cut off (its end is missing)")
    return data


def _is_whole(data: bytes, format: Format) -> bool:
    if format == "pdf":
        return b"%%EOF" in data[-2048:]
    return zipfile.is_zipfile(io.BytesIO(data))


def _is_there(path: Path, format: Format) -> bool:
    try:
        data = path.read_bytes()
        return format_of(data) == format and _is_whole(data, format)
    except (OSError, ReadError):
        return False


def _write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        scratch = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            scratch.chmod(0o644)
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        raise FetchError(f"{path}: cannot be written ({error.strerror})") from None


def _enter(table: Path, name: str, symbol: str, language: str) -> None:
    """Enters a file in the folder's manifest, which stays sorted by path."""
    row = {"path": name, "symbol": symbol, "language": language}
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = tuple(reader.fieldnames or _COLUMNS)
            rows = {old["path"]: old for old in reader if old.get("path")}
    except FileNotFoundError:
        columns, rows = _COLUMNS, {}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FetchError(f"{table}: cannot be read ({error}); move it away") from None
    if not set(_COLUMNS) <= set(columns):
        raise FetchError(f"{table}: is no table of path, symbol, language; move it away")
    if rows.get(name) is not None and {key: rows[name][key] for key in _COLUMNS} == row:
        return
    rows[name] = {**rows.get(name, {}), **row}
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows[key] for key in sorted(rows))
    _write(table, out.getvalue().encode())
