"""Files that people have: plain text in any usual encoding, web pages, Word documents. Nothing else, and nothing large."""

import re
import zipfile
import zlib
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST = 5_000_000  # bytes of a file
UNCLOSED = 200  # signs that begin a tag and are never answered by its end
UNPACKED = 20_000_000  # bytes of the text in a Word document, before they are read
DOCUMENT = "word/document.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li tr br section article header footer blockquote figcaption title table ul ol hr dd "
    "dt caption".split()
)
UNREAD = frozenset("script style noscript template svg iframe nav button form select option head".split())
MARKUP = re.compile(r"<(?:!doctype html|html|body|p|div|br|span|h[1-6]|table|article)\b[^>]*>", re.IGNORECASE)


def text_of(name: str, content: bytes) -> str:
    """The text of a file, by its name's ending and its content; refuses what is too large or no text."""
    if len(content) > LARGEST:
        raise ValidationError(_("The file is too large. A report has at most 5 MB."))
    if content.startswith(b"PK") or name.lower().endswith(".docx"):
        return _word(content)
    text = decoded(content)
    return of_page(text) if name.lower().endswith((".html", ".htm")) or MARKUP.search(text[:4000]) else text


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 or GB18030, whichever it is."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content[:200]:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = content.decode(encoding, "replace")
            if "\x00" not in text[:200]:
                return text
    named = re.search(rb"charset=[\"']?([\w-]{3,20})", content[:2000])
    for encoding in ("utf-8-sig", *(["gb18030"] if named and named[1].lower().startswith(b"gb") else []), "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self._skipped.append(tag)
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(re.sub(r"\s+", " ", data))


def of_page(markup: str) -> str:
    """The words of a page, a line for each block."""
    refused = ValidationError(_("This is no page that can be read. Save it as plain text."))
    if sum(">" not in piece for piece in markup.split("<")) > UNCLOSED:
        raise refused  # the parser goes through the rest of the page for each of them
    page = _Page()
    try:
        page.feed(markup)
        page.close()
    except AssertionError as error:  # how the parser says that a declaration makes no sense
        raise refused from error
    lines = (line.strip() for line in unescape("".join(page.parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def _word(content: bytes) -> str:
    """The paragraphs of a Word document."""
    refused = ValidationError(_("This is no Word document that can be read. Save it as .docx or as plain text."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if archive.getinfo(DOCUMENT).file_size > UNPACKED:
                raise refused
            with archive.open(DOCUMENT) as file:
                xml = file.read(UNPACKED + 1)
        text = xml.decode()  # whatever is not UTF-8 could hide what is looked for
        if len(xml) > UNPACKED or "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise refused
        body = ElementTree.fromstring(text)  # noqa: S314  no document type, so no entities
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ElementTree.ParseError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ) as error:
        raise refused from error
    return "\n".join(filter(None, map(str.strip, _paragraphs(body).split("\n"))))


def _paragraphs(body: ElementTree.Element) -> str:
    """The text in one pass, a line for each paragraph."""
    signs = {f"{WORD}p": "\n", f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}
    return "".join(one.text or "" if one.tag == f"{WORD}t" else signs.get(one.tag, "") for one in body.iter())
