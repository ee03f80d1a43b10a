"""The four roles of the desk, as groups. `migrate` makes the groups and gives each the rights of this table.

A right that the table gives is given again by the next `migrate`; for a role of your own, make another group.
"""

from typing import Any

from django.apps import apps

PARTS = (
    "coverage", "delegate", "delegation", "document", "organising", "outcome", "photo", "report", "routestop",
    "statement", "visit",
)  # fmt: skip
SECTIONS = ("hostinstitution", "enterprisepartner", "embassy", "organiser", "mediaoutlet")
BOOK = (*SECTIONS, "city", "country", "name")


def _every(verbs: str, app: str, models: tuple[str, ...]) -> set[str]:
    return {f"{app}.{verb}_{model}" for verb in verbs.split() for model in models}


CONTRIBUTOR = (
    _every("view add change", "trips", ("trip",))
    | _every("view add change delete", "trips", PARTS)
    | _every("view", "trips", ("edition", "theme"))
    | _every("view", "institutions", (*BOOK, "organisation"))
    | _every("add", "institutions", (*SECTIONS, "city", "name"))
)
EDITOR = (
    CONTRIBUTOR
    | {"trips.any_trip", "trips.review_trip", "trips.delete_trip"}
    | _every("add change delete", "trips", ("theme",))
    | _every("add change delete", "institutions", BOOK)
    | _every("view add change delete", "trips", ("delegatecontact", "plainpage"))
)
PUBLISHER = EDITOR | {"trips.publish_trip", "trips.publish_plainpage"}
ADMINISTRATOR = (
    PUBLISHER
    | _every("view add change", "auth", ("user",))
    | {"auth.view_group", "exchange.administer", "exchange.view_auditentry"}
)
ROLES = {
    "Contributor": CONTRIBUTOR,
    "Editor": EDITOR,
    "Publisher": PUBLISHER,
    "Administrator": ADMINISTRATOR,
}


def ensure(**_signal: Any) -> None:
    """Make the groups that are missing and give each what it lacks; a right of a later migration comes with that."""
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        f"{one.content_type.app_label}.{one.codename}": one for one in Permission.objects.select_related("content_type")
    }
    for name, rights in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[right] for right in rights if right in known))
