import argparse
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from trips.intake import address_book, files
from trips.intake.paper import LONGEST
from trips.intake.printing import printed
from trips.intake.reading import NO_CATALOGUE, read


class Command(BaseCommand):
    help = "Read a press report (.txt, .html, .docx) and print what it says of a trip as JSON. Nothing is saved."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--catalogue", choices=["address-book", "none"], default="address-book", help="what is known beforehand"
        )

    def handle(self, *args: Any, file: Path, catalogue: str, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                text = files.text_of(file.name, opened.read(files.LARGEST + 1))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        text = text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]
        known = NO_CATALOGUE if catalogue == "none" else address_book.catalogue()
        proposal = printed(read(text, known), text)
        self.stdout.write(json.dumps(proposal, ensure_ascii=False, indent=2))
