"""Reports in many house styles, each with a reading made by a person who did not write the rules."""

from pathlib import Path

import pytest

from trips.bench.intake import measure

PRESS = Path(__file__).parent / "press"


@pytest.mark.parametrize(("with_catalogue", "least"), [(True, 0.97), (False, 0.96)])
def test_what_the_reports_say_is_read_and_no_trap_is_taken(with_catalogue, least):
    score = measure(PRESS, with_catalogue=with_catalogue)
    assert score.traps == []
    assert round(score.all.both, 3) >= least
    assert {name for name, tally in score.fields.items() if tally.both < 0.9} == set()


def test_a_wrong_answer_would_lower_the_score(monkeypatch):
    monkeypatch.setattr("trips.bench.intake.printed", lambda proposal, text: EMPTY | {"cities": ["Tianjin"]})
    score = measure(PRESS, with_catalogue=False)
    assert score.fields["cities"].right < 5
    assert "01-shandong-tvet-directors: cities: Tianjin" in score.traps
    assert score.all.both < 0.2


EMPTY = {
    "title": None, "start_date": None, "end_date": None, "organisers": [], "member_states": [], "institutions": [],
    "enterprises": [], "cities": [], "people": [], "media": [],
}  # fmt: skip
