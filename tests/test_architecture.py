"""Who may import whom. Each floor imports only from the floors above it in this list."""

import ast
from pathlib import Path

import pytest
from django.contrib.admin import site

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    [
        "exchange.lib",
        "exchange.fields",
        "exchange.desk",
        "exchange.models",
        "institutions.choices",
        "institutions.countries",
        "trips.choices",
    ],
    ["exchange.audit", "exchange.removals", "exchange.versions", "exchange.transfer"],
    ["institutions.models", "institutions.querysets", "institutions.versions", "institutions.sheets"],
    ["trips.models", "trips.querysets", "trips.versions", "trips.sheets"],
    ["trips.edition"],
    ["trips.renderings"],
    [
        "trips.indexing",
        "trips.search",
        "trips.facets",
        "trips.statistics",
        "trips.related",
        "trips.pictures",
        "trips.readiness",
    ],
    [
        "trips.rights",
        "trips.notices",
        "trips.conditions",
        "institutions.matching",
        "institutions.suspects",
        "institutions.ledger",
        "institutions.merging",
        "institutions.unmerging",
    ],
    ["trips.filing", "trips.workflow", "trips.together", "trips.plain_pages"],
    ["trips.review_links"],
    ["trips.intake"],
    ["trips.demo"],
    [
        "institutions.admin",
        "institutions.asking",
        "institutions.merge_pages",
        "institutions.suspect_pages",
        "institutions.rename_pages",
        "trips.admin",
        "trips.views",
        "trips.guests",
        "trips.urls",
        "trips.sitemaps",
        "trips.management",
        "trips.bench",
    ],
    ["exchange"],
]
MAY_SEE = {
    "trips.edition.schema": {"exchange.lib"},
    "trips.edition.reading": {
        "exchange.lib",
        "trips.edition.schema",
        "trips.edition.reading",
        "trips.choices",
        "institutions.choices",
    },
    "trips.renderings": {
        "exchange.lib",
        "trips.edition.diff",
        "trips.edition.schema",
        "trips.edition.reading",
        "trips.choices",
        "institutions.choices",
        "trips.renderings",
    },
}
MAY_NOT_SEE = {
    "trips.views": {
        "trips.admin",
        "trips.guests",
        "trips.filing",
        "trips.workflow",
        "trips.together",
        "trips.review_links",
        "trips.plain_pages",
        "trips.edition.freeze",
        "trips.edition.pieces",
        "trips.edition.plain_page",
    },
    "trips.guests": {
        "trips.admin",
        "trips.filing",
        "trips.workflow",
        "trips.together",
        "trips.plain_pages",
        "trips.edition.freeze",
        "trips.edition.pieces",
        "trips.edition.plain_page",
    },
    "trips.admin": {"trips.views", "trips.guests"},
    "institutions": {"trips"},
    "exchange.lib": {"institutions", "trips", "django.db.models"},
}
DESK_MODELS = {
    "Coverage", "Delegate", "DelegateContact", "Delegation", "Document", "Organising", "Outcome", "Photo", "PlainPage",
    "Report", "RouteStop", "Statement", "Theme", "Trip", "Visit",
}  # fmt: skip
REVIEW_MODELS = {"Agreement", "Candidate", "Remark", "ReviewLink", "ReviewVisit"}
UNSEEN = {"trips.views": DESK_MODELS | REVIEW_MODELS, "trips.guests": DESK_MODELS}


def sources() -> list[tuple[str, Path]]:
    files = [path for app in ("exchange", "institutions", "trips") for path in (ROOT / app).rglob("*.py")]
    return [(module_of(path), path) for path in sorted(files) if "migrations" not in path.parts]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> list[tuple[int, str]]:
    """Every imported module or name as a dotted path, with its line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} uses a relative import"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def floor_of(module: str) -> int | None:
    """The floor of a module of ours: that of its longest matching room; None for other people's code."""
    rooms = [(len(room), floor) for floor, rooms in enumerate(FLOORS) for room in rooms if within(module, room)]
    return max(rooms)[1] if rooms else None


@pytest.mark.parametrize(("module", "path"), sources(), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_point_to_the_same_floor_or_above(module: str, path: Path) -> None:
    for line, name in imports(path):
        mine, theirs = floor_of(module), floor_of(name)
        assert mine is None or theirs is None or theirs <= mine, f"{path}:{line} {module} imports {name}"


@pytest.mark.parametrize(("module", "path"), sources(), ids=lambda value: value if isinstance(value, str) else "")
def test_rooms_see_only_what_they_may(module: str, path: Path) -> None:
    for line, name in imports(path):
        for room, allowed in MAY_SEE.items():
            if within(module, room) and floor_of(name) is not None:
                assert any(within(name, one) for one in allowed), f"{path}:{line} {module} imports {name}"
        for room, forbidden in MAY_NOT_SEE.items():
            if within(module, room):
                assert not any(within(name, one) for one in forbidden), f"{path}:{line} {module} imports {name}"


def test_views_and_guests_never_see_the_working_copy() -> None:
    for module, path in sources():
        for room, models in UNSEEN.items():
            for line, name in imports(path) if within(module, room) else ():
                assert name != "trips.models", f"{path}:{line} {module} imports all of {name}: name what is needed"
                seen = name.rpartition(".")[2] if within(name, "trips.models") else ""
                assert seen not in models, f"{path}:{line} {module} imports {name}"


def test_every_module_has_a_floor() -> None:
    homeless = [
        module
        for module, _path in sources()
        if floor_of(module) is None and not module.endswith((".apps", "institutions", "trips"))
    ]
    assert homeless == []


def test_a_breach_would_be_found() -> None:
    assert floor_of("trips.views.pages") > floor_of("trips.edition.schema")
    assert floor_of("exchange.lib.html") == 0
    assert floor_of("exchange.urls") == len(FLOORS) - 1
    assert floor_of("django.db") is None


def test_no_part_of_an_admin_takes_a_private_name_of_another() -> None:
    """An admin is made of several classes: the same private name in two of them would be one method for both."""
    taken = set()
    for one in site._registry.values():
        owners: dict[str, list[type]] = {}
        for cls in type(one).__mro__:
            if cls.__module__.split(".")[0] in {"exchange", "institutions", "trips"}:
                for name in vars(cls):
                    if name.startswith("_") and not name.startswith("__"):
                        owners.setdefault(name, []).append(cls)
        for name, (first, *others) in owners.items():
            taken |= {
                (name, first.__qualname__, other.__qualname__) for other in others if not issubclass(first, other)
            }
    assert taken == set()
