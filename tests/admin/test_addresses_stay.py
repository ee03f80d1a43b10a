"""Cities and themes are known by their address in what was published: it can be chosen until something names them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange import versions
from institutions.models import City, Organisation
from tests import cast
from trips.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.person("mei", "Editor"))
    return client


def save(client: Client, record, **values: str) -> None:
    """Send the record's form as the page has it, with other values."""
    address = reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])
    form = client.get(address).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    sent = {**{name: value for name, value in shown.items() if value not in (None, False)}, **values}
    assert client.post(address, sent).status_code == 302


@pytest.mark.parametrize("model", [City, Theme])
def test_the_address_of_a_city_or_theme_stays_once_a_trip_or_an_edition_names_it(client, model):
    free = model.objects.create(slug="fozhan", name_en="Foshan")
    save(client, free, slug="foshan", name_en="Foshan")
    assert model.objects.get(pk=free.pk).slug == "foshan"
    trip = cast.trip()
    cast.published(trip)
    named = model.objects.exclude(pk=free.pk).get()
    address = named.slug
    save(client, named, slug="elsewhere", name_en="Another name")
    named.refresh_from_db()
    assert (named.slug, named.name_en) == (address, "Another name")
    trip.route.all().delete()
    trip.themes.clear()
    trip.visits.update(city=None)
    Organisation.objects.update(city=None)
    cast.published(trip, note_en="Without.", public_from=timezone.now())
    save(client, named, slug="elsewhere", name_en="A third")  # editions still name it
    named.refresh_from_db()
    assert (named.slug, named.name_en) == (address, "A third")


def test_an_older_version_does_not_bring_back_another_address_of_what_is_named(client):
    theme = Theme.objects.create(slug="robotics", name_en="Robots")
    save(client, theme, slug="robots")
    cast.trip().themes.add(theme)
    first = versions.of(Theme, theme.pk).last()
    page = client.get(reverse("admin:trips_theme_version", args=[theme.pk, first.pk]))
    assert "other people link to the one it has now" in page.content.decode()
    client.post(reverse("admin:trips_theme_version", args=[theme.pk, first.pk]), {"seen": page.context["seen"]})
    assert Theme.objects.get(pk=theme.pk).slug == "robots"
