"""Files that people bring, and the command that reads them."""

import io
import json
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from institutions.models import Organisation
from trips.intake import files
from trips.intake.files import LARGEST, UNPACKED, text_of
from trips.models import Trip

REPORT = "职教代表团访问南宁\n2024年5月20日至24日，代表团参观了广西大学。"
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(xml: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return packed.getvalue()


def document(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    return word(f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_every_usual_encoding(encoding):
    assert text_of("report.txt", REPORT.encode(encoding)).lstrip("\ufeff") == REPORT


def test_a_page_without_what_is_no_text():
    page = "<html><head><title>x</title></head><body><nav>Home</nav><h1>A &amp; B</h1><script>bad()</script><p>One\n two</p>"
    assert text_of("report.html", page.encode()) == "A & B\nOne two"


def test_a_word_document():
    assert text_of("report.docx", document(*REPORT.split("\n"))) == REPORT


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.txt", b"x" * (LARGEST + 1)),
        ("report.docx", b"PK\x03\x04 nothing"),
        ("report.docx", b"no archive"),
        ("report.docx", word("<w:document>")),
        ("report.docx", word(" " * (UNPACKED + 1))),
        ("report.docx", word('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')),
    ],
)
def test_what_is_no_report_is_refused(name, content):
    with pytest.raises(ValidationError):
        text_of(name, content)


def answer(capsys, path, *options: str) -> dict:
    call_command("read_press", str(path), *options)
    return json.loads(capsys.readouterr().out)


def test_the_command_prints_and_knows_nothing_without_the_address_book(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_bytes(REPORT.encode("gb18030"))
    found = answer(capsys, path, "--catalogue", "none")
    assert (found["title"], found["start_date"], found["end_date"]) == (
        "职教代表团访问南宁",
        "2024-05-20",
        "2024-05-24",
    )
    assert found["institutions"] == ["广西大学"]
    assert found["values"]["organisations"][0]["passages"][0]["text"] == "广西大学"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("read_press", str(tmp_path / "nowhere.txt"), "--catalogue", "none")


@pytest.mark.django_db
def test_the_address_book_is_read_and_nothing_is_saved(tmp_path, capsys, django_assert_max_num_queries):
    Organisation.objects.create(
        kind="enterprise", slug="gx", name_en="Guangxi University Press", name_zh_hans="广西大学"
    )
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    with django_assert_max_num_queries(6):
        found = answer(capsys, path)
    assert found["enterprises"] == ["广西大学"]
    assert found["values"]["organisations"][0]["key"] == Organisation.objects.get().uid
    assert (Organisation.objects.count(), Trip.objects.count()) == (1, 0)


def test_what_would_take_a_parser_for_ever_is_refused_at_once():
    began = time.process_time()
    for hostile in ("<a " * 50_000, "<!--" * 50_000, "<" * 1_000_000, "<html><![<![", "</" * 100_000):
        with pytest.raises(ValidationError):
            files.of_page("<p>" + hostile)
    assert time.process_time() - began < 2
