"""`manage.py up`: everything between a fresh clone, or a new version, and a site that answers."""

import argparse
import errno
import os
import socket
import sqlite3
import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from exchange import first_sign_in, safety_copy, sqlite, static_files
from exchange.bootstrap import lock
from exchange.configuration import EVERY_ADDRESS, add_address, is_loopback, keep_address
from trips.demo import countries, site_pages

SERVER = {
    "interface": "wsgi",
    "workers": "2",
    "blocking-threads": "32",  # stalled and slow clients each hold one
    "backpressure": "256",
    "workers-kill-timeout": "10",
    "log-level": "error",
}


def require_free(host: str, port: int) -> None:
    """Say in one sentence why the site could not listen there; silent when it could."""
    if not 0 < port < 65536:
        raise CommandError(f"{port} is not a port. Choose one from 1 to 65535.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"Port {port} is in use. Is the site running already? If not: up --port {port + 1}"
        elif error.errno == errno.EACCES:
            message = f"This user may not listen on port {port}. Choose one from 1024 upwards, like --port 8000."
        else:
            message = f"Cannot listen on {host}: {error.strerror or error}"
        raise CommandError(message) from None


def is_untouched() -> bool:
    """True for a database without a trip that nobody has an account in: only there the demonstration belongs."""
    trips = apps.get_model("trips", "Trip")._base_manager
    return not trips.exists() and not get_user_model()._base_manager.exists()


class Command(BaseCommand):
    help = "Prepare everything and start the site: packages, database, static files, demonstration, server."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_address(parser)
        parser.add_argument("--empty", action="store_true", help="start without the demonstration")
        parser.add_argument("--prepare", action="store_true", help="prepare everything, but do not serve")
        parser.add_argument("--no-copy", action="store_true", help="migrate without copying the database first")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["prepare"]:
            require_free(options["host"], options["port"])
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        var = Path(settings.BASE_DIR, "var")
        var.mkdir(mode=0o700, exist_ok=True)
        with lock(var / "up.lock"):
            self.prepare(copy=not options["no_copy"], demonstration=not options["empty"])
        self.greet()
        if not options["prepare"]:
            self.say(self.listening(options["host"], options["port"]), keep_address())
            self.serve(options["host"], options["port"])

    def prepare(self, *, copy: bool, demonstration: bool) -> None:
        if connection.vendor == "sqlite":
            self.stdout.write(sqlite.explain(sqlite3.sqlite_version_info))
        in_use, waiting = safety_copy.pending()
        if waiting:
            if in_use and copy:
                self.stdout.write(safety_copy.way_back(safety_copy.make()))
            self.stdout.write(f"Preparing the database: {waiting} migrations.")
            call_command("migrate", interactive=False, verbosity=0)
        if not apps.get_model("institutions", "Country").objects.exists():
            countries.load()
        if demonstration and is_untouched():
            self.stdout.write("Loading the demonstration (`up --empty` would leave it out).")
            call_command("load_demo")
        elif is_untouched() and site_pages.load_drafts():
            self.stdout.write("Pages to start from are on the desk: accessibility, contact, privacy, how we count.")
        if static_files.collect():
            self.stdout.write("Static files collected.")

    def greet(self) -> None:
        lines = ["", f"Site  {settings.SITE_URL}/", f"Desk  {settings.SITE_URL}/admin/"]
        if not first_sign_in.administrator_exists():
            lines += [
                "",
                "There is no administrator yet. Open this link within 24 hours to choose a name and a password:",
                first_sign_in.link(),
            ]
        if settings.HTTPS and not settings.TRUSTED_PROXIES:
            lines += [
                "",
                "SITE_URL is https, but TRUSTED_PROXIES is empty: set it to the address of the proxy that answers",
                "https, or every request is redirected for ever.",
            ]
        self.stdout.write("\n".join(lines))

    def listening(self, host: str, port: int) -> str:
        """For a site that other machines reach: under which names it answers them."""
        if host not in EVERY_ADDRESS:
            return ""
        line = f"Listening on every address of this machine, and answering to: {', '.join(settings.ALLOWED_HOSTS)}."
        if is_loopback(settings.SITE_URL):
            line += (
                f"\nFor other machines set SITE_URL=http://NAME:{port} in var/exchange.env, with the name or address "
                "that they use. docs/deploy.md says more."
            )
        return line

    def say(self, *lines: str) -> None:
        for line in filter(None, lines):
            self.stdout.write(f"\n{line}")

    def serve(self, host: str, port: int) -> None:
        """Become the server: the same process goes on as granian, so signals reach it directly."""
        self.stdout.write("\nServing. Stop with Ctrl-C.")
        command = [sys.executable, "-m", "granian", "--host", host, "--port", str(port), "--no-ws"]
        command += [part for name, value in SERVER.items() for part in (f"--{name}", value)]
        command += ["--respawn-failed-workers", "--workers-max-rss", "400", "exchange.wsgi:application"]
        connection.close()
        sys.stdout.flush()
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, command)
