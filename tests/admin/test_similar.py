"""A record is not entered twice without being asked: what is shown while a name is typed, and what stops a save."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from institutions.choices import Kind
from institutions.models import City, HostInstitution, Organisation
from tests import cast
from tests.admin.test_uses import signed_in, words_of

pytestmark = pytest.mark.django_db
ADD = "admin:institutions_hostinstitution_add"
NO_ROWS = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}


@pytest.fixture
def client(db) -> Client:
    return signed_in("Contributor")[0]


def college(**more) -> Organisation:
    return cast.organisation(Kind.HOST, "Shenzhen Polytechnic University", "深圳职业技术大学", **more)


def entered(name: str, **more) -> dict:
    return {"name_en": name, "slug": "entered", **NO_ROWS, **more}


def look(client: Client, section: str = "hostinstitution", **typed) -> str:
    return client.get(reverse(f"admin:institutions_{section}_similar"), typed).content.decode()


def test_while_a_name_is_typed_records_like_it_are_named_with_the_reason(client):
    made = college()
    told = look(client, name_en="Shenzen Politechnic University")
    assert "Is it one of these?" in told
    assert "Nearly the same name" in told
    assert reverse("admin:institutions_hostinstitution_change", args=[made.pk]) in told
    assert "The name in the other language" in look(client, "enterprisepartner", name_en="深圳职业技术大学")
    assert look(client, name_en="Hunan University").strip() == ""


def test_a_second_record_is_saved_only_after_it_was_said_to_be_another_one(client):
    made = college()
    page = client.post(reverse(ADD), entered("Shenzhen Polytechnic"))
    assert HostInstitution.objects.count() == 1
    told = words_of(page)
    assert "There are records like this one" in told
    assert "The same name but for the kind of school" in told
    answer = client.post(reverse(ADD), entered("Shenzhen Polytechnic", another=str(made.pk)))
    assert answer.status_code == 302
    assert HostInstitution.objects.count() == 2


def test_an_answer_counts_for_the_records_that_were_seen(client):
    made = college()
    cast.organisation(Kind.HOST, "Shenzhen Polytechnic College")
    page = client.post(reverse(ADD), entered("Shenzhen Polytechnic", another=str(made.pk)))
    assert page.status_code == 200
    assert "Shenzhen Polytechnic College" in words_of(page)
    assert HostInstitution.objects.count() == 2


def test_a_name_like_no_other_is_saved_at_once_and_a_record_that_is_there_is_not_asked_about(client):
    college()
    assert client.post(reverse(ADD), entered("Hunan University")).status_code == 302
    editor, _mei = signed_in("Editor", "mei-2")
    twin = cast.organisation(Kind.HOST, "Shenzhen Polytechnic", slug="twin")
    address = reverse("admin:institutions_hostinstitution_change", args=[twin.pk])
    form = editor.get(address).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields}
    assert editor.post(address, {**sent, **NO_ROWS, "founded": "1993"}).status_code == 302


def test_a_city_is_asked_about_too(client):
    City.objects.create(slug="shenzhen", name_en="Shenzhen", name_zh_hans="深圳")
    asked = {"name_en": "Shenzen", "slug": "shenzen"}
    page = client.post(reverse("admin:institutions_city_add"), asked)
    assert "There are records like this one" in words_of(page)
    assert City.objects.count() == 1


def test_from_another_form_the_record_that_is_there_is_chosen_in_place_of_a_new_one(client):
    made, other = college(), cast.organisation(Kind.ORGANISER, "Shenzhen Polytechnic University")
    told = look(client, name_en="Shenzhen Polytechnic", _popup="1")
    use = reverse("admin:institutions_hostinstitution_use", args=[made.pk])
    assert use in told
    assert str(other) in told
    assert reverse("admin:institutions_hostinstitution_use", args=[other.pk]) not in told
    assert "Use this one" not in look(client, name_en="Shenzhen Polytechnic")
    answer = client.get(use).content.decode()
    assert f"&quot;value&quot;: &quot;{made.pk}&quot;" in answer
    assert "popup_response.js" in answer
    wrong = reverse("admin:institutions_hostinstitution_use", args=[other.pk])
    assert client.get(wrong).status_code == 404


def test_whoever_may_not_add_records_is_told_nothing():
    made = college()
    reader = User.objects.create_user("reader", is_staff=True)
    client = Client()
    client.force_login(reader)
    for name, key in (("similar", []), ("use", [made.pk])):
        address = reverse(f"admin:institutions_hostinstitution_{name}", args=key)
        assert client.get(address, {"name_en": "Shenzhen"}).status_code == 403
        assert Client().get(address).status_code == 302


def test_what_is_shown_costs_the_same_whatever_is_found(client, django_assert_max_num_queries):
    for number in range(12):
        cast.organisation(Kind.HOST, "Shenzhen Polytechnic University", slug=f"twin-{number}")
    with django_assert_max_num_queries(8):
        told = look(client, name_en="Shenzhen Polytechnic University", name_zh_hans="深圳", website="https://x.example")
    assert told.count("<li>") == 8


@pytest.mark.parametrize("typed", ["\0", "<script>", "x" * 9_000, "(", "的" * 3000])
def test_anything_may_be_typed(client, typed):
    college()
    told = look(client, name_en=typed, website=typed, another=typed)
    assert "<script>" not in told
