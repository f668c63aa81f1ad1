"""HTML as a reader sees it, in whatever encoding the page says it is."""

from __future__ import annotations

import pytest

from kg.read import content_of


def text(page: str) -> str:
    return content_of(f"<!doctype html><body>{page}".encode()).text


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>One<p>Two", "One\n\nTwo\n"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree\n"),
        ("<p>the Pact,<sup>12</sup> as <b>amended</b></p>", "the Pact,¹² as amended\n"),
        ('<p>Plan<sup><a href="#n">[3]</a></sup></p>', "Plan³\n"),
        ("<p>a &amp; b &#8212; c&nbsp;d</p>", "a & b — c\u00a0d\n"),
        ("<script>x</script><nav>menu</nav><style>p{}</style><p>text</p>", "text\n"),
        ("<div hidden>no</div><div style='display:none'>no</div><p>yes", "yes\n"),
        ("<ol><li>One<li>Two</ol>", "1. One\n\n2. Two\n"),
        ('<ol type="a" start="3"><li>x</ol>', "c. x\n"),
        ("<ul><li>x</ul>", "• x\n"),
        ("<table><tr><td>Kenya<td>Peru<tr><td>12<td>3</table>", "Kenya\tPeru\n\n12\t3\n"),
        ("<p>many\n   spaces\there</p>", "many spaces here\n"),
        ("<del>old</del><p>new", "new\n"),
        ("<p>unclosed <b>tags <i>everywhere", "unclosed tags everywhere\n"),
    ],
)
def test_what_a_reader_sees(page: str, seen: str) -> None:
    assert "\n".join(filter(None, text(page).split("\n"))) == "\n".join(
        filter(None, seen.split("\n"))
    )


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "utf-16", "koi8-r"])
def test_the_encoding_is_what_the_page_says(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body>Генеральная Ассамблея</body>'
    assert content_of(page.encode(charset)).text == "Генеральная Ассамблея\n"


def test_gb2312_pages_are_read_as_what_it_grew_into() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=gb2312">喆大会'
    content = content_of(page.encode("gb18030"))
    assert (content.text, content.encoding) == ("喆大会\n", "gb18030")


def test_a_page_that_names_a_wrong_encoding_is_still_read() -> None:
    assert content_of('<html><meta charset="ascii"><p>été</p>'.encode()).text == "été\n"


def test_deeply_nested_pages_do_no_harm() -> None:
    assert text("<div>" * 50_000 + "x") == "x\n"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    page = '<img src="http://a.example/x.png"><iframe src="http://a.example"></iframe><p>text'
    assert text(page) == "text\n"
