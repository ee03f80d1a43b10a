"""`manage.py lint`: every check of the source that needs no test, in one go."""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

TYPED = ("exchange/lib", "trips/edition", "trips/renderings")


class Command(BaseCommand):
    help = "Check the source: style, format, types, templates, missing migrations. --fix repairs what it can."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="repair style and format")

    def handle(self, *args: Any, fix: bool, **options: Any) -> None:
        base = Path(settings.BASE_DIR)
        checks = {
            "style": ["ruff", "check", *(["--fix"] if fix else []), "."],
            "format": ["ruff", "format", *([] if fix else ["--check"]), "."],
            "types": ["mypy", *(name for name in TYPED if any((base / name).glob("*.py")))],
            "templates": ["djlint", "--lint", "--quiet", "templates"],
            "migrations": ["django", "makemigrations", "--check", "--dry-run"],
        }
        failed = [name for name, command in checks.items() if not self.passes(name, command)]
        if failed:
            raise CommandError(f"Not in order: {', '.join(failed)}.")
        self.stdout.write("All in order.")

    def passes(self, name: str, command: list[str]) -> bool:
        self.stdout.write(f"{name}: {' '.join(command)}")
        sys.stdout.flush()
        return subprocess.run([sys.executable, "-m", *command], cwd=settings.BASE_DIR).returncode == 0
