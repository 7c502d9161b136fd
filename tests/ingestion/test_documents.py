"""Word, OpenDocument, PDF and HTML: written here, because nobody can read them in a folder."""

from collections.abc import Callable, Sequence
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from ingestion.errors import MalformedSource, UnsupportedFormat
from ingestion.models import Turn
from ingestion.parsers import docx as word
from ingestion.parsers import html, odt, pdf

Parser = Callable[[bytes], tuple[Turn, ...]]

LINES = ("Sam: What broke?", "P02: The lid, on day one.", "Sam: I see.", "P02: Twice.")
SAID = [tuple(line.split(": ", 1)) for line in LINES]


def _said(turns: tuple[Turn, ...]) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in turns if turn.field is None]


def _word(paragraphs: Sequence[str] = (), rows: Sequence[Sequence[str]] = ()) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _odt(body: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    file = BytesIO()
    with ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
    return file.getvalue()


def _pdf(*pages: Sequence[str]) -> bytes:
    """Write a PDF by hand: a catalogue, its pages, their content, and one font."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for n, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown}ET"
        font = "/Resources<</Font<</F1 3 0 R>>>>"
        box = "/MediaBox[0 0 595 842]"
        objects += [
            f"<</Type/Page/Parent 2 0 R{box}{font}/Contents {5 + 2 * n} 0 R>>",
            f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        ]
    return _numbered(objects)


def _numbered(objects: Sequence[str]) -> bytes:
    file, offsets = "%PDF-1.4\n", list[int]()
    for number, text in enumerate(objects, start=1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF"
    return f"{file}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def test_reads_paragraphs_of_a_word_document() -> None:
    assert _said(word.parse(_word(LINES))) == SAID


def test_reads_a_teams_export_in_word() -> None:
    lines = (
        "Sam Lee   0:03\nWhat broke?",
        "Kim Oh   0:09\nThe lid.",
        "Sam Lee   0:12\nOh.",
        "Kim Oh   0:14\nTwice.",
    )

    assert _said(word.parse(_word(lines))) == [
        ("Sam Lee", "What broke?"),
        ("Kim Oh", "The lid."),
        ("Sam Lee", "Oh."),
        ("Kim Oh", "Twice."),
    ]


def test_reads_a_table_of_a_word_document() -> None:
    rows = [(f"0:0{n}", *line.split(": ", 1)) for n, line in enumerate(LINES)]

    assert _said(word.parse(_word(rows=[("Time", "Speaker", "Words"), *rows]))) == SAID


def test_a_bold_paragraph_of_a_word_document_is_not_the_answer() -> None:
    bold = b"<w:r><w:rPr><w:b/></w:rPr><w:t>Tell me about the start.</w:t></w:r>"
    file = _word(("CHANGED", "It was slow."))

    turns = word.parse(_replaced(file, b"<w:r><w:t>CHANGED</w:t></w:r>", bold))

    assert [(turn.field, turn.text) for turn in turns] == [
        ("note", "Tell me about the start."),
        (None, "It was slow."),
    ]


def test_keeps_inserted_words_and_drops_deleted_ones() -> None:
    changed = (
        b"<w:r><w:t>P02: The </w:t></w:r>"
        b"<w:ins><w:r><w:t>new </w:t></w:r></w:ins>"
        b"<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
        b"<w:sdt><w:sdtContent><w:r><w:t>lid.</w:t></w:r></w:sdtContent></w:sdt>"
    )
    file = _word(("Interviewer: Well?", "CHANGED"))

    assert _said(word.parse(_replaced(file, b"<w:r><w:t>CHANGED</w:t></w:r>", changed)))[1] == (
        "P02",
        "The new lid.",
    )


def _replaced(file: bytes, old: bytes, new: bytes) -> bytes:
    """Write a package again with something else in its document."""
    written = BytesIO()
    with ZipFile(BytesIO(file)) as package, ZipFile(written, "w") as other:
        for name in package.namelist():
            other.writestr(name, package.read(name).replace(old, new))
    return written.getvalue()


def test_reads_an_opendocument_text() -> None:
    heading = "<text:h>Interview P02</text:h>"
    body = "".join(f"<text:p>{line.replace(' ', '<text:s/>', 1)}</text:p>" for line in LINES)

    turns = odt.parse(_odt(heading + body))

    assert (turns[0].field, turns[0].text) == ("heading", "Interview P02")
    assert _said(turns) == SAID


def test_reads_a_table_of_an_opendocument_text_and_no_comments() -> None:
    note = "<office:annotation><text:p>check this</text:p></office:annotation>"
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{name}{note}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
        for name, text in SAID
    )

    assert _said(odt.parse(_odt(f"<table:table>{rows}</table:table>"))) == SAID


def test_reads_a_pdf_without_its_page_furniture() -> None:
    pages = [
        ("Study 7", f"Sam: Question {n}, is it?", f"P02: Answer {n}.", f"Page {n} of 3")
        for n in range(1, 4)
    ]

    assert _said(pdf.parse(_pdf(*pages))) == [
        said
        for n in range(1, 4)
        for said in (("Sam", f"Question {n}, is it?"), ("P02", f"Answer {n}."))
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(("P02: A deli-", "very! A delivery!"), "A delivery! A delivery!", id="known"),
        pytest.param(("P02: It is self-", "service."), "It is self-service.", id="not known"),
        pytest.param(("P02: The lid", "broke off."), "The lid broke off.", id="lines run on"),
    ],
)  # fmt: skip
def test_a_cut_word_is_put_together_only_where_that_is_certain(
    lines: tuple[str, ...], said: str
) -> None:
    assert _said(pdf.parse(_pdf(("Interviewer: Well?", *lines))))[-1] == ("P02", said)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("".join(f"<p>{line}</p>" for line in LINES), id="paragraphs"),
        pytest.param("<br/>\n".join(LINES), id="line breaks"),
        pytest.param(
            "".join(f"<p><b>{name}:</b> {text}</p>" for name, text in SAID), id="bold names"
        ),
        pytest.param(
            "".join(f"<div><span>{name}</span>: <em>{text}</em></div>" for name, text in SAID),
            id="spans",
        ),
        pytest.param(
            "<table>"
            + "".join(f"<tr><td>{name}</td><td>{text}</td></tr>" for name, text in SAID)
            + "</table>",
            id="a table",
        ),
        pytest.param(f"<pre>{chr(10).join(LINES)}</pre>", id="preformatted"),
        pytest.param(
            "<script>var x;</script><nav>Home</nav>" + "".join(f"<p>{line}</p>" for line in LINES),
            id="furniture",
        ),
    ],
)
def test_reads_a_page(body: str) -> None:
    page = f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>"

    assert html.recognises(page)
    assert _said(html.parse(page.encode())) == SAID


@pytest.mark.parametrize(
    ("parse", "file"),
    [
        pytest.param(word.parse, b"PK\x03\x04 nothing", id="no package"),
        pytest.param(word.parse, _odt("<text:p>x</text:p>"), id="another package"),
        pytest.param(word.parse, _word(LINES)[:-200], id="a package cut short"),
        pytest.param(odt.parse, _word(LINES), id="no OpenDocument"),
        pytest.param(odt.parse, _odt("<text:p>"), id="broken XML"),
        pytest.param(odt.parse, _odt("<text:p>" * 5000 + "</text:p>" * 5000), id="nested"),
        pytest.param(html.parse, b"<p>Sam: Hi.<![x<p>", id="a page no browser takes"),
        pytest.param(pdf.parse, b"%PDF-1.4\nnothing", id="no PDF"),
        pytest.param(pdf.parse, _pdf(("x",)).replace(b"/Pages", b"/Papes"), id="no pages"),
    ],
)  # fmt: skip
def test_refuses_a_damaged_document(parse: Parser, file: bytes) -> None:
    with pytest.raises((MalformedSource, UnsupportedFormat)):
        parse(file)


def test_says_what_to_do_with_a_scanned_pdf() -> None:
    with pytest.raises(UnsupportedFormat, match="text recognition"):
        pdf.parse(_pdf(()))
