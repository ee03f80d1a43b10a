"""Loading the demonstration: safe to repeat; and what a site has that does without."""

import pytest
from django.core.management import call_command

from institutions.models import Country
from tests import cast
from tests.demo.test_demo import rows
from trips.demo import countries

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing():
    call_command("load_demo", verbosity=0)
    before = rows()
    assert len(before["trips.Trip"]) >= 10
    call_command("load_demo", verbosity=0)
    assert rows() == before


def test_countries_are_there_without_demonstration_and_belong_to_staff():
    laos = cast.country("LA", "Laos", "老挝")
    Country.objects.update(demo=True)  # as earlier versions left them
    countries.load()
    countries.load()
    assert Country.objects.count() == 12
    assert not Country.objects.filter(demo=True).exists()
    laos.refresh_from_db()
    assert laos.name_en == "Laos"
