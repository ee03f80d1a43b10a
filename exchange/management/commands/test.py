"""`manage.py test`: pytest on PostgreSQL, where there is one, and then everything on SQLite."""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from exchange.management.browser import chromium
from exchange.management.postgresql_server import binaries, temporary_server

EVERYTHING = ("--numprocesses=auto", "--dist=loadfile")  # a process for each processor; a few tests need but one
NOTHING_COLLECTED = 5  # pytest's exit code; on PostgreSQL that is no failure: browser tests run on SQLite only


def is_postgresql(address: str) -> bool:
    return address.startswith(("postgresql://", "postgres://"))


class Command(BaseCommand):
    help = "Run the tests, on PostgreSQL where there is one and on SQLite. Other arguments go to pytest."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--only", choices=["sqlite", "postgresql"], help="run on this database only")

    def run_from_argv(self, argv: list[str]) -> None:
        """Django's parser would refuse pytest's options, so ours are picked out and the rest is handed on."""
        if {"-h", "--help"} & {*argv}:
            return super().run_from_argv(argv)
        parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
        self.add_arguments(parser)
        options, arguments = parser.parse_known_args(argv[2:])
        sys.exit(self.handle(*arguments, only=options.only))

    def handle(self, *arguments: str, only: str | None = None, **options: Any) -> int:  # type: ignore[override]
        must = os.environ.get("CI", "").lower() == "true"
        path = chromium()
        missing = "missing, and CI=true asks for it" if must else "skipped (none found)"
        self.stdout.write(f"Browser: {path or missing}")
        with ExitStack() as stack:
            server = "" if only == "sqlite" else self.server(stack, missing)
            lacking = must and only is None and not (path and server)
            if lacking or (only == "postgresql" and not server):
                return 1
            code = self.pytest(server, arguments) if server else 0
            if only == "postgresql" or code not in (0, NOTHING_COLLECTED):
                return code
            return self.pytest("", arguments)

    def server(self, stack: ExitStack, missing: str) -> str:
        """The address of a server: a given one, else one started from the machine's binaries; empty for none."""
        for name in ("TEST_POSTGRESQL_URL", "DATABASE_URL"):
            if is_postgresql(address := os.environ.get(name, "")):
                self.stdout.write(f"PostgreSQL: the server of {name}")
                return address
        programs = binaries()
        self.stdout.write(f"PostgreSQL: {programs or missing}")
        try:
            return stack.enter_context(temporary_server(programs)) if programs else ""
        except RuntimeError as error:
            self.stdout.write(f"PostgreSQL does not start: {error}")
            return ""

    def pytest(self, server: str, arguments: tuple[str, ...]) -> int:
        """One run in a process of its own; without a server, on SQLite."""
        environment = {**os.environ, "DATABASE_URL": server}
        if not server:
            del environment["DATABASE_URL"]
        self.stdout.write(f"\nTests on {'PostgreSQL' if server else 'SQLite'}")
        sys.stdout.flush()
        command = [sys.executable, "-m", "pytest", *(arguments or EVERYTHING)]
        return subprocess.run(command, cwd=settings.BASE_DIR, env=environment).returncode
