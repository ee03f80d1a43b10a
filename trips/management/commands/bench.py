import argparse
import tempfile
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from trips.bench.measure import compare

OURS = "/en/trips/guangdong-2024/"
PLAIN = "/en/plain/guangdong-2024/"
LIMIT = 0.5


class Command(BaseCommand):
    help = "Measure the trip page against plain Django over the same rows, in a scratch database."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--only", choices=["trip"], default="trip", help="what to measure")
        parser.add_argument("--rounds", type=int, default=7)
        parser.add_argument("--calls", type=int, default=30, help="requests in a round, for each of the two")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, serialize=False)
        try:
            with (
                tempfile.TemporaryDirectory(prefix="exchange-bench-") as media,
                override_settings(ROOT_URLCONF="trips.bench.plain", ALLOWED_HOSTS=["testserver"], MEDIA_ROOT=media),
            ):
                call_command("load_demo", verbosity=0)
                self.trip(options["rounds"], options["calls"])
        finally:
            connection.creation.destroy_test_db(kept, verbosity=0)

    def trip(self, rounds: int, calls: int) -> None:
        """One line for each contender, then the share; an error where it is over the limit."""
        client = Client()
        for address in (OURS, PLAIN):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            if response.status_code != 200:
                raise CommandError(f"{address} answers {response.status_code}.")
            self.stdout.write(f"{address}: {len(queries)} queries, {len(response.content) / 1000:.1f} kB")
        timing = compare(lambda: client.get(OURS), lambda: client.get(PLAIN), rounds=rounds, calls=calls)
        self.stdout.write(
            f"CPU for one request: {timing.ours:.2f} ms, plain {timing.peer:.2f} ms, share {timing.share:.2f} "
            f"(limit {LIMIT:.2f}; {rounds} rounds of {calls})"
        )
        if timing.share > LIMIT:
            raise CommandError("The trip page costs more than half of a plain one.")
