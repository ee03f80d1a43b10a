import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from trips.bench import intake, many
from trips.bench.measure import compare, cost
from trips.models import Edition

OURS = "/en/trips/guangdong-2024/"
PLAIN = "/en/plain/guangdong-2024/"
LIMIT = 0.5
PRESS = "tests/trips/intake/press"
SIZES = (1_000, 10_000)


class Limit(NamedTuple):
    """By how much an answer may cost more with ten times as many trips, and how many queries it may make."""

    growth: float
    queries: int


STEADY = Limit(1.5, 5)
LISTS = dict.fromkeys(
    (
        "/en/trips/",
        "/en/trips/?page=40",
        "/en/trips/?year=2019&state=viet-nam",
        "/zh-hans/trips/?organisation=college-7",
        "/en/trips/?all=organisation",
    ),
    STEADY,
)
FIGURES = dict.fromkeys(
    ("/en/figures/", "/zh-hans/figures/editions/?state=viet-nam", "/en/figures/states.csv"),
    STEADY,
)
RARE, COMMON = Limit(2, 26), Limit(12, 26)  # what ten times as many trips hold is linear at ten
SEARCHES = {
    "/en/search/?q=%22950%22": RARE,  # in the title of one trip
    "/en/search/?q=quokka": RARE,  # in none
    "/en/search/?q=college": COMMON,
    "/zh-hans/search/?q=教育": COMMON,
    "/zh-hans/search/?q=职业教育": COMMON,
    "/en/search/?q=Colege+of+Plase+7": COMMON,  # near to a hundred names, and to a thousand
}


class Command(BaseCommand):
    help = (
        "Measure what pages cost against plain Django or with ten times as many trips. "
        "Or how well press reports are read."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--only", choices=["trip", "list", "figures", "search", "intake"], default="trip", help="what to measure"
        )
        parser.add_argument("--rounds", type=int, default=7)
        parser.add_argument("--calls", type=int, default=30, help="requests in a round, for each of the two")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["only"] == "intake":
            return self.intake()
        kept = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, serialize=False)
        try:
            with (
                tempfile.TemporaryDirectory(prefix="exchange-bench-") as media,
                override_settings(ROOT_URLCONF="trips.bench.plain", ALLOWED_HOSTS=["testserver"], MEDIA_ROOT=media),
            ):
                call_command("load_demo", verbosity=0)
                getattr(self, options["only"])(options["rounds"], options["calls"])
        finally:
            connection.creation.destroy_test_db(kept, verbosity=0)

    def intake(self) -> None:
        """Precision and recall of the reader over the texts of its tests, with their address book and without."""
        for with_catalogue in (True, False):
            score = intake.measure(Path(settings.BASE_DIR) / PRESS, with_catalogue=with_catalogue)
            self.stdout.write(f"\n{'With the address book' if with_catalogue else 'Without an address book'}")
            self.stdout.write(f"  {'field':18} precision recall   both")
            for name, tally in {**score.fields, "all": score.all}.items():
                self.stdout.write(f"  {name:18} {tally.precision:9.3f} {tally.recall:6.3f} {tally.both:6.3f}")
            self.stdout.write(f"  traps taken: {', '.join(score.traps) or 'none'}")

    def list(self, rounds: int, calls: int) -> None:
        """The list of trips with its filters at 1,000 and at 10,000 trips; an error where it grows too much."""
        self._grown(LISTS, rounds, calls)

    def figures(self, rounds: int, calls: int) -> None:
        """The same of the figures and their files."""
        self._grown(FIGURES, rounds, calls)

    def search(self, rounds: int, calls: int) -> None:
        """The same of search; as it takes longer, a tenth of the calls."""
        self._grown(SEARCHES, rounds, max(1, calls // 10), whole=True)

    def _grown(self, limits: Mapping[str, Limit], rounds: int, calls: int, *, whole: bool = False) -> None:
        base, client = Edition.objects.get(slug="guangdong-2024", number=3).payload, Client()
        found: dict[str, list[float]] = {address: [] for address in limits}
        for size in SIZES:
            started = time.monotonic()
            many.publish(size - Edition.objects.public(timezone.now()).count(), base, whole=whole)
            made, started = time.monotonic() - started, time.monotonic()
            client.get(next(iter(limits)))
            self.stdout.write(f"{size} trips: made in {made:.1f} s, first page {time.monotonic() - started:.2f} s")
            for address, limit in limits.items():
                found[address].append(self._cost(client, address, limit.queries, rounds, calls))
        self.stdout.write(f"Growth from {SIZES[0]} to {SIZES[1]} trips:")
        over = [address for address, costs in found.items() if not self._grows_little(address, costs, limits[address])]
        if over:
            raise CommandError(f"It grows too much with the number of trips: {', '.join(over)}")

    def _grows_little(self, address: str, costs: Sequence[float], limit: Limit) -> bool:
        growth = costs[-1] / costs[0]
        self.stdout.write(f"  {address}: {growth:.2f} (limit {limit.growth:.2f})")
        return growth <= limit.growth

    def _cost(self, client: Client, address: str, most: int, rounds: int, calls: int) -> float:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        asked, size = len(queries), len(response.content) / 1000
        if response.status_code != 200 or asked > most:
            raise CommandError(f"{address} answers {response.status_code} after {asked} queries.")
        spent = cost(lambda: client.get(address), rounds=rounds, calls=calls)
        self.stdout.write(f"  {address}: {asked} queries, {size:.1f} kB, {spent:.1f} ms CPU")
        return spent

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
