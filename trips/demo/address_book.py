"""The demonstration's part of the address book. What is there already is used as it is, whoever changed it."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from institutions.choices import Kind
from institutions.models import City, Name, Organisation
from trips.demo import countries
from trips.demo.records import columns, put, records, steady_id
from trips.models import Theme

SECTIONS = {
    "embassies": Kind.EMBASSY,
    "organisers": Kind.ORGANISER,
    "hosts": Kind.HOST,
    "enterprises": Kind.ENTERPRISE,
    "media": Kind.MEDIA,
}


class AddressBook:
    """The rows that the demonstration's trips refer to, by short references; counts what it had to add."""

    def __init__(self) -> None:
        self.added = 0
        self.countries = countries.load()
        self.cities = {one["slug"]: self._city(one) for one in records("cities")}
        self.themes = {one["slug"]: self._theme(one) for one in records("themes")}
        self.organisations = {
            f"{kind}/{one['slug']}": self._organisation(one, kind)
            for file, kind in SECTIONS.items()
            for one in records(file)
        }

    def sender(self, reference: str) -> Organisation:
        """Who sends a delegation: the embassy of a country by its ISO code, or an organisation."""
        country = self.countries.get(reference)
        return self.organisations[f"{Kind.EMBASSY}/{country.slug}" if country else reference]

    def _city(self, record: dict[str, Any]) -> City:
        same_name = Q(name_en=record["name"]["en"], province_en=record.get("province", {}).get("en", ""))
        there = City.objects.filter(Q(slug=record["slug"]) | same_name).first()
        country = self.countries[record["country"]]
        return there or self._put(City(demo=True, **columns(record | {"country": country})))

    def _theme(self, record: dict[str, Any]) -> Theme:
        return Theme.objects.filter(slug=record["slug"]).first() or self._put(Theme(demo=True, **columns(record)))

    def _organisation(self, record: dict[str, Any], kind: Kind) -> Organisation:
        uid = steady_id("organisation", kind, record["slug"])
        same = Q(uid=uid) | Q(kind=kind, slug=record["slug"])
        return Organisation.objects.filter(same).first() or self._new_organisation(record, kind, uid)

    def _new_organisation(self, record: dict[str, Any], kind: Kind, uid: str) -> Organisation:
        own = {
            "country": self.countries.get(record.get("country", "")),
            "city": self.cities.get(record.get("city", "")),
        }
        values = columns({field: value for field, value in record.items() if field != "names"} | own)
        row = self._put(Organisation(demo=True, uid=uid, kind=kind, checked_at=timezone.now(), **values))
        for name in record.get("names", []):
            put(Name(organisation=row, **name))
        return row

    def _put(self, row: Any) -> Any:
        self.added += 1
        return put(row)
