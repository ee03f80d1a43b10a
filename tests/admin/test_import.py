"""Files that come in: matched, checked, written at once or not at all, taken back; twice the same does nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exchange.lib.sheets import workbook
from exchange.models import AuditEntry, Import, Version
from exchange.transfer import applying, jobs
from institutions.choices import Kind, NameKind
from institutions.models import City, HostInstitution, Name, Organisation
from tests import cast
from tests.admin.test_desk import client
from tests.admin.test_export import member, taken

__all__ = ["client"]

pytestmark = pytest.mark.django_db
HOSTS = "/admin/institutions/hostinstitution/import/"
HEADING = ["Official name, English", "Official name, Chinese", "Type", "City", "Founded in"]
COLLEGES = [
    ["Chiang Mai Technical College", "清迈技术学院", "College", "Chiang Mai", 1957],
    ["Vientiane-Hanoi Friendship College", "万象河内友谊学院", "college", None, None],
]


@pytest.fixture(autouse=True)
def city() -> City:
    return City.objects.create(slug="chiang-mai", name_en="Chiang Mai", name_zh_hans="清迈")


def brought(client, lines, heading=HEADING, address=HOSTS, sheet="organisations") -> str:
    """The page of an import whose file was read."""
    file = SimpleUploadedFile("colleges.xlsx", workbook("x", heading, lines))
    answer = client.post(address, {"sheet": sheet, "file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


def checked(client, page) -> Import:
    form = client.get(page).context["form"]
    assert client.post(page, {name: form[name].value() for name in form.fields}).status_code == 302
    return latest()


def latest() -> Import:
    return Import.objects.order_by("pk").last()


def imported(client, lines, **more) -> Import:
    page = brought(client, lines, **more)
    checked(client, page)
    client.post(page, {"verb": "apply"})
    return latest()


def test_columns_are_matched_by_name_and_a_sheet_becomes_records(client):
    page = brought(client, COLLEGES)
    job = checked(client, page)
    assert (job.state, job.counts) == ("checked", {"new": 2})
    text = client.get(page).content.decode()
    assert "Chiang Mai Technical College" in text
    assert "清迈技术学院" in text
    assert not HostInstitution.objects.exists()
    client.post(page, {"verb": "apply"})
    assert latest().state == "applied"
    made = HostInstitution.objects.get(name_zh_hans="清迈技术学院")
    assert (made.kind, made.type, made.city.slug, made.founded) == (Kind.HOST, "college", "chiang-mai", 1957)
    assert made.slug == "chiang-mai-technical-college"
    assert Version.objects.filter(record=made.pk, act="import").count() == 1
    assert AuditEntry.objects.get(verb="imported").details == {"sheet": "organisations", "new": 2}


def test_the_same_file_again_changes_nothing(client):
    imported(client, COLLEGES)
    before = list(Organisation.objects.values()), Version.objects.count()
    job = imported(client, COLLEGES)
    assert job.counts == {"same": 2}
    assert (list(Organisation.objects.values()), Version.objects.count()) == before


def test_what_was_exported_comes_in_again_as_the_same(client):
    imported(client, COLLEGES)
    Name.objects.create(organisation=HostInstitution.objects.first(), kind=NameKind.ALIAS, text="A name")
    for sheet in ("organisations", "names"):
        for form in ("xlsx", "csv"):
            content = taken(client, HOSTS.replace("import", "export"), sheet, form)
            answer = client.post(HOSTS, {"sheet": sheet, "file": SimpleUploadedFile("again", content)})
            job = checked(client, answer["Location"])
            assert set(job.counts) == {"same"}, (sheet, form, job.rows.values_list("faults"))


def test_a_change_shows_what_it_was_and_can_be_taken_back(client):
    imported(client, COLLEGES)
    changed = [[*COLLEGES[0][:4], 1958]]
    page = brought(client, changed)
    assert checked(client, page).counts == {"changed": 1}
    text = client.get(page).content.decode()
    assert "<del>1957</del>" in text
    assert "<ins>1958</ins>" in text
    client.post(page, {"verb": "apply"})
    assert HostInstitution.objects.get(city__slug="chiang-mai").founded == 1958
    client.post(page, {"verb": "undo"})
    assert HostInstitution.objects.get(city__slug="chiang-mai").founded == 1957
    assert latest().state == "undone"


def test_taking_back_leaves_what_somebody_built_on(client):
    job = imported(client, COLLEGES)
    HostInstitution.objects.filter(name_en=COLLEGES[0][0]).update(founded=1960)
    client.post(f"{HOSTS}{job.pk}/", {"verb": "undo"})
    assert [one.name_en for one in HostInstitution.objects.all()] == [COLLEGES[0][0]]
    assert COLLEGES[0][0] in client.get(f"{HOSTS}{job.pk}/").content.decode()


def test_a_wrong_row_names_its_row_column_value_and_remedy(client):
    lines = [
        ["", "没有英文名", "", "", ""],
        ["A College", "", "castle", "Atlantis", "old"],
        ["B College", "", "", "", ""],
    ]
    page = brought(client, lines)
    assert checked(client, page).counts == {"wrong": 2, "new": 1}
    text = client.get(f"{page}?what=wrong").content.decode()
    for words in ("castle", "Write one of these", "There is no city called “Atlantis”", "Write a whole number"):
        assert words in text
    client.post(page, {"verb": "apply"})
    assert [one.name_en for one in HostInstitution.objects.all()] == ["B College"]


def test_two_rows_about_one_record_are_told(client):
    job = checked(client, brought(client, [*COLLEGES, COLLEGES[0]]))
    assert job.counts == {"new": 2, "wrong": 1}
    assert job.rows.get(what="wrong").faults == [["", "", "Row 2 is about the same record. Keep one of the two."]]


def test_somebody_changed_a_record_meanwhile_and_nothing_is_written(client):
    imported(client, COLLEGES)
    page = brought(client, [[*COLLEGES[0][:4], 1958], ["C College", "", "", "", ""]])
    checked(client, page)
    HostInstitution.objects.filter(city__slug="chiang-mai").update(founded=1900)
    client.post(page, {"verb": "apply"})
    assert latest().state == "checked"
    assert "Somebody changed “Chiang Mai Technical College”" in client.get(page).content.decode()
    assert not HostInstitution.objects.filter(name_en="C College").exists()


def test_an_import_that_is_ended_in_the_middle_writes_nothing_and_then_completes(client, monkeypatch):
    page = brought(client, [[f"College {number}", "", "", "", ""] for number in range(1200)])
    checked(client, page)

    pieces, write = [], applying._write

    def killed(sheet, rows, *rest):
        pieces.append(rows)
        if len(pieces) == 3:
            raise KeyboardInterrupt
        write(sheet, rows, *rest)

    monkeypatch.setattr(applying, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        client.post(page, {"verb": "apply"})
    monkeypatch.undo()
    assert not HostInstitution.objects.exists()
    assert latest().state == "applying"
    Import.objects.update(beat=timezone.now() - 2 * jobs.SILENT)
    client.post(page, {"verb": "continue"})
    assert HostInstitution.objects.count() == 1200


def test_a_cancelled_import_is_forgotten(client):
    page = brought(client, COLLEGES)
    checked(client, page)
    client.post(page, {"verb": "cancel"})
    assert (latest().state, bytes(latest().content), latest().rows.count()) == ("cancelled", b"", 0)
    client.post(page, {"verb": "apply"})
    assert not HostInstitution.objects.exists()


def test_a_matching_is_remembered(client):
    heading = ["学校", "中文", "a", "b", "c"]
    page = brought(client, COLLEGES, heading=heading)
    client.post(page, {"name_en": "0", "name_zh_hans": "1"})
    form = client.get(brought(client, COLLEGES, heading=heading)).context["form"]
    assert (form["name_en"].value(), form["name_zh_hans"].value()) == ("0", "1")


def test_programme_and_press_come_into_a_working_copy(client):
    trip = cast.trip()
    address = "/admin/trips/trip/import/"
    lines = [
        [trip.slug, "2024-10-24", "09:30", "Chiang Mai", "The harbour"],
        [trip.slug, "2024-12-24", None, None, "Late"],
    ]
    heading = ["Trip", "Date", "From", "City", "Place as printed, English"]
    job = imported(client, lines, heading=heading, address=address, sheet="programme")
    assert job.counts == {"new": 1, "wrong": 1}
    assert trip.visits.order_by("position").last().place_en == "The harbour"
    assert imported(client, lines[:1], heading=heading, address=address, sheet="programme").counts == {"same": 1}


@pytest.mark.parametrize(("role", "status"), [("Contributor", 403), ("Editor", 200)])
def test_a_file_is_brought_in_by_editors_and_seen_by_who_brought_it(client, role, status):
    page = brought(client, COLLEGES)
    other, _user = member(role)
    assert other.get(HOSTS).status_code == status
    assert other.get(page).status_code in (403, 404)
    assert other.get(f"{HOSTS}organisations.xlsx").status_code == status


def test_a_template_holds_the_columns_and_is_read_back(client):
    content = client.get(f"{HOSTS}organisations.xlsx").content
    answer = client.post(HOSTS, {"sheet": "organisations", "file": SimpleUploadedFile("t.xlsx", content)})
    form = client.get(answer["Location"]).context["form"]
    assert all(form[name].value() != "" for name in form.fields)


def test_what_is_no_sheet_is_refused_with_a_sentence(client):
    answer = client.post(HOSTS, {"sheet": "organisations", "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04nothing")})
    assert "The workbook cannot be read." in answer.content.decode()
    assert not Import.objects.exists()


def test_a_row_that_looks_like_a_known_record_asks_and_makes_no_second_one_by_itself(client):
    imported(client, COLLEGES)
    page = brought(client, [["Chiang Mai Technical Colege"], ["清迈技术学院"]])
    job = checked(client, page)
    assert job.counts == {"similar": 2}
    assert "has nearly this name" in client.get(page).content.decode()
    client.post(page, {"verb": "apply", "new": "2"})
    assert HostInstitution.objects.filter(name_en="Chiang Mai Technical Colege").count() == 1
    assert HostInstitution.objects.count() == 3
