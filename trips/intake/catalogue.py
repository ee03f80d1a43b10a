"""What the reader knows beforehand: the address book, and what the software knows by itself of countries and cities."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from exchange.lib.names import CHINESE, Hit, Names
from institutions.countries import records
from trips.intake.mentions import Party

DATA = Path(__file__).parent / "data"
ADJECTIVES = {
    "BN": ("Bruneian",),
    "KH": ("Cambodian", "Khmer"),
    "ID": ("Indonesian",),
    "LA": ("Lao", "Laotian"),
    "MY": ("Malaysian",),
    "MM": ("Burmese",),
    "PH": ("Philippine", "Filipino"),
    "SG": ("Singaporean",),
    "TH": ("Thai",),
    "TL": ("Timorese", "East Timorese"),
    "VN": ("Vietnamese",),
}
FURTHER = {
    "LA": ("Lao P.D.R.", "Lao", "寮国"),
    "BN": ("文莱达鲁萨兰国", "汶莱"),
    "MM": ("缅甸联邦",),
    "TL": ("Timor Leste",),
    "VN": ("Viet-Nam",),
    "SG": ("星加坡",),
    "MY": ("大马",),
}


class Catalogue:
    """Names in memory: organisations, cities and themes of an address book, which may be empty, and all countries."""

    def __init__(
        self,
        parties: Iterable[Party] = (),
        cities: Iterable[tuple[str, str]] = (),
        themes: Iterable[tuple[str, str]] = (),
        countries: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.parties = {one.key: one for one in parties}
        self._parties = Names((name, one.key) for one in self.parties.values() for name in one.names)
        self._cities = Names([*cities, *gazetteer()])
        self._themes = Names(themes)
        self._countries = Names([*countries, *own_countries()])

    def find_parties(self, text: str) -> list[tuple[int, int, Party]]:
        """The organisations that a text names. A name that several bear stands for the first of them."""
        return [(hit.start, hit.end, self.parties[min(hit.keys)]) for hit in self._parties.find(text)]

    def find_cities(self, text: str) -> list[Hit[str]]:
        return self._cities.find(text)

    def find_themes(self, text: str) -> list[Hit[str]]:
        return self._themes.find(text)

    def find_countries(self, text: str) -> list[Hit[str]]:
        """Countries by their ISO codes, by name or by adjective."""
        return self._countries.find(text)

    @cached_property
    def members(self) -> dict[str, dict[str, Any]]:
        """The records of ASEAN's members by ISO code."""
        return {one["iso2"]: one for one in records() if one.get("joined_asean_on")}


def is_adjective(word: str, iso2: str) -> bool:
    return word in ADJECTIVES.get(iso2, ())


@lru_cache(maxsize=1)
def own_countries() -> tuple[tuple[str, str], ...]:
    """Every name of the software's own countries, with the ISO code."""
    found = []
    for one in records():
        names = [*one["name"].values(), *one.get("full_name", {}).values(), *one.get("variants", "").split("\n")]
        names += [*ADJECTIVES.get(one["iso2"], ()), *FURTHER.get(one["iso2"], ())]
        found += [(name, one["iso2"]) for name in names if name]
    return tuple(found)


@lru_cache(maxsize=1)
def gazetteer() -> tuple[tuple[str, str], ...]:
    """The names of cities, each with the English one as its key."""
    found = []
    for line in (DATA / "cities.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            english, chinese = [part.split(", ") for part in line.split(" = ")[:2]]
            found += [(name, english[0]) for name in (*english, *chinese)]
    return tuple(found)


@lru_cache(maxsize=1)
def city_countries() -> dict[str, str]:
    """The ISO code of the country of each of these cities."""
    lines = [line.split(" = ") for line in (DATA / "cities.txt").read_text("utf-8").splitlines() if " = " in line]
    return {parts[0].split(", ")[0]: parts[2] if len(parts) > 2 else "CN" for parts in lines}


@lru_cache(maxsize=1)
def chinese_places() -> Names[str]:
    """Places with which names of Chinese institutions begin: provinces, cities, countries."""
    provinces = (DATA / "provinces.txt").read_text("utf-8").splitlines()[1].split()
    names = [*provinces, *(name for name, _key in (*gazetteer(), *own_countries()) if CHINESE.search(name))]
    return Names((name, name) for name in names)


@lru_cache(maxsize=1)
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Chinese family names of one character and of two."""
    _heading, single, double = (DATA / "surnames.txt").read_text("utf-8").splitlines()
    return frozenset(single), frozenset(double.split())
