"""Django's command line, with our overview in front and sentences in place of tracebacks."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility
from django.db import OperationalError, connection

from exchange.bootstrap import DEVELOPERS_COMMANDS
from exchange.configuration import configure, stand_in
from exchange.overview import overview

HELP = {"help", "--help", "-h"}


class CommandLine(ManagementUtility):
    """Django's command line; `help` alone shows our commands first."""

    def main_help_text(self, commands_only: bool = False) -> str:
        return super().main_help_text(commands_only=True) if commands_only else overview()


def execute(argv: list[str]) -> None:
    """Run a command. Where the configuration is missing or wrong, exit with the sentence that says so."""
    command = argv[1] if len(argv) > 1 else "help"
    module = "tests.settings" if command in DEVELOPERS_COMMANDS else "exchange.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", module)
    if HELP & {*argv} or command in ("version", "--version"):
        stand_in()
    elif command == "up":
        configure(argv[2:])
    try:
        settings.INSTALLED_APPS  # noqa: B018  reading one setting loads them all
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    try:
        CommandLine(argv).execute()
    except OperationalError as error:
        if sentence := no_database():
            sys.exit(sentence)
        raise error


def no_database() -> str:
    """The sentence for a database that cannot be reached; empty where it can. Drivers name host and user, no password.

    Asked anew, because Django has closed the connection by now, whatever the error was.
    """
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = (str(error).splitlines() or [""])[0].strip()
        return f"The database does not answer: {reason}\nDATABASE_URL says which it is; docs/deploy.md explains it."
    connection.close()
    return ""
