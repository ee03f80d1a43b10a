"""Documents to read in tests: the reference trip as it was frozen, and a small one made by hand."""

import copy
import json
from pathlib import Path
from typing import Any

from trips.edition.schema import Payload

FOLDER = Path(__file__).resolve().parent


def reference() -> Payload:
    return json.loads((FOLDER / "guangdong-2024.json").read_text())


def small(**more: Any) -> Payload:
    """One of everything, without a picture."""
    return {**copy.deepcopy(SMALL), **more}


def both(english: str = "", chinese: str = "") -> dict[str, str]:
    return {"en": english, "zh-hans": chinese}


def party(uid: str, kind: str, name: str, chinese: str = "", **more: Any) -> dict[str, Any]:
    return {
        "uid": uid, "kind": kind, "type": "", "slug": uid, "name": both(name, chinese), "short": both(),
        "also": both([], []), "city": both(), "country": "", **more,
    }  # fmt: skip


def visit(**more: Any) -> dict[str, Any]:
    return {
        "kind": "campus-visit", "date": None, "starts": None, "ends": None, "day_part": "", "city": both(),
        "host": "", "place": both(), "seen": both(), "company": both(), "participants": [], "present": [], **more,
    }  # fmt: skip


SMALL: Any = {
    "schema": 1,
    "extent": "full",
    "demo": False,
    "slug": "small-2024",
    "title": both("Small Trip", "小行程"),
    "format": "study-visit",
    "audience": both("Diplomats", ""),
    "destination": both("Guangdong", "广东"),
    "starts_on": "2024-10-22",
    "ends_on": "2024-10-26",
    "time_zone": "Asia/Shanghai",
    "route": [
        {
            "slug": "shenzhen",
            "name": both("Shenzhen", "深圳"),
            "province": both(),
            "arrives_on": "2024-10-24",
            "visits": 2,
        }
    ],
    "organisers": [
        {"party": "centre", "role": "initiator", "as_printed": both("jointly initiated by", "共同发起")},
        {"party": "agency", "role": "initiator", "as_printed": both("jointly initiated by", "共同发起")},
    ],
    "themes": [
        {"slug": "a", "name": both("Software", "软件"), "concept": False, "also": both(), "about": both()},
        {"slug": "b", "name": both("Integration", "融合"), "concept": True, "also": both(), "about": both("Together.")},
    ],
    "report": {"en": {"headline": "In the workshop", "summary": "Five days.", "body": "<p>They came.</p>"}},
    "parties": {
        "centre": party("centre", "organiser", "Centre", "中心", short=both("CC", "")),
        "agency": party("agency", "organiser", "Agency"),
        "college": party("college", "host", "College", "学院", type="polytechnic", city=both("Shenzhen", "深圳")),
        "unesco": party("unesco", "host", "UNESCO Centre", type="io-centre"),
        "maker": party("maker", "enterprise", "Maker"),
        "embassy": party("embassy", "embassy", "Embassy of Lao PDR", "老挝大使馆", country="LA"),
        "paper": party("paper", "media", "Southern Daily", "南方日报", type="newspaper"),
    },
    "states": {"LA": {"iso2": "LA", "slug": "lao-pdr", "name": both("Lao PDR", "老挝"), "member": True}},
    "delegations": [{"party": "embassy", "state": "LA", "size": None}],
    "persons": {
        "p1": {
            "role": "head",
            "name": both("Lin Mei"),
            "post": both("Director", "主任"),
            "organisation": "centre",
            "delegation": "",
        }
    },
    "people": ["p1"],
    "programme": [
        visit(host="college", date="2024-10-24", city=both("Shenzhen", "深圳"), starts="09:00", ends="11:00"),
        visit(kind="site-visit", place=both("software centres", "软件中心")),
        visit(kind="enterprise-tour", host="maker", place=both("training bases"), seen=both("A line.")),
        visit(kind="discussion", host="unesco", date="2024-10-23", city=both("Shenzhen", "深圳"), present=["embassy"]),
        visit(kind="class-observation"),
    ],
    "planned_hosts": {"en": ["key colleges", "companies"], "zh-hans": []},
    "open": {"institutions": True, "enterprises": False, "outlets": True},
    "statements": [
        {"kind": "statement", "who": both(), "person": "p1", "text": both("Well done."), "quoted": True},
        {
            "kind": "finding",
            "who": both("ASEAN diplomats", "东盟外交官"),
            "person": "",
            "text": both("A full view."),
            "quoted": False,
        },
    ],
    "outcomes": [
        {
            "kind": "follow-up",
            "text": both("Joint projects."),
            "who": both(),
            "parties": ["unesco"],
            "state": "open",
            "due_on": None,
        }
    ],
    "pictures": {},
    "photos": [],
    "documents": [],
    "coverage": [{"outlet": "paper", "headline": "", "link": "", "date": None, "language": "zh-hans"}],
}
