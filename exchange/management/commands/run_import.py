"""`manage.py run_import`: work on an import that was begun at the desk; the desk starts it by itself."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from exchange.transfer import jobs


class Command(BaseCommand):
    help = "Check, write or take back an import that was begun at the desk, or go on where a process was ended."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="the import's number, as its page's address has it")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.run(options["number"])
