"""An edition as JSON."""

import datetime as dt
import json

from tests import examples
from trips.renderings import api

MOMENT = dt.datetime(2024, 11, 12, 1, tzinfo=dt.UTC)


def test_the_envelope_wraps_the_document_without_touching_it():
    payload = examples.reference()
    document = json.dumps(payload, ensure_ascii=False)
    notes = {"en": "A “note”.", "zh-hans": "说明。"}
    text = api.trip(api.Issued(document, payload["slug"], 2, "d", MOMENT, notes))
    assert document in text
    answer = json.loads(text)
    assert answer["trip"] == payload
    assert answer["number"] == 2
    assert answer["pages"]["en"] == "http://testserver/en/trips/guangdong-2024/editions/2/"
