"""A report while it is read, sentence by sentence: what both languages have in common."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from trips.intake.catalogue import Catalogue
from trips.intake.found import Certainty, Findings, Found, Part
from trips.intake.mentions import Group, Mention, grouped
from trips.intake.paper import Paper, Sentence
from trips.intake.people import Person, once

SURE, LIKELY, MENTIONED = Certainty.SURE, Certainty.LIKELY, Certainty.MENTIONED
ORGANISER, INVITER, SUPPORTER, TITLE, OUTLET = "organiser", "inviter", "supporter", "title", "outlet"
ROLES: dict[str, tuple[Certainty, Any]] = {
    ORGANISER: (SURE, _("said to have organised it")),
    INVITER: (LIKELY, _("said to have invited")),
    SUPPORTER: (MENTIONED, _("said to have supported it")),
}
NAMED_ONLY, PERHAPS_A_PART = _("named, but not as a stop"), _("perhaps a part of another organisation")
VISITED, BESIDE = _("said to have been visited or met"), _("named beside the visitors and a day")
Span = tuple[int, int]


class Report:
    """What the text says about the trip is collected in ``findings``."""

    lead: int  # sentences in which the trip itself is told
    quote: re.Pattern[str]
    concept: re.Pattern[str]
    says: re.Pattern[str]
    came_of_it: re.Pattern[str]

    def __init__(self, paper: Paper, catalogue: Catalogue, years: set[int]) -> None:
        self.paper, self.catalogue = paper, catalogue
        self.years = years  # in which the trip was
        self.findings = Findings()
        self.labels: dict[int, list[tuple[str, Span | None]]] = {}  # by the place of a mention
        self.by_sentence: list[tuple[Sentence, list[Mention], list[Person]]] = []

    def read(self) -> Findings:
        for sentence in self.paper.sentences:
            self.by_sentence.append((sentence, *self.named(sentence)))
        self.abbreviations()
        self.findings.groups = grouped(self.paper.text, [one for _s, found, _p in self.by_sentence for one in found])
        self.findings.people = once(self.paper.text, [one for _s, _m, found in self.by_sentence for one in found])
        for number, (sentence, found, persons) in enumerate(self.by_sentence):
            self.outlets(sentence, found)
            self.label(number, sentence, found, persons)
        self._decide()
        self.places()
        self._said()
        return self.findings

    def named(self, sentence: Sentence) -> tuple[list[Mention], list[Person]]:
        """The organisations and the persons of a sentence."""
        raise NotImplementedError

    def abbreviations(self) -> None:
        """Later mentions by an abbreviation that the text has defined."""
        raise NotImplementedError

    def outlets(self, sentence: Sentence, found: list[Mention]) -> None:
        """Media outlets that covered the trip."""
        raise NotImplementedError

    def label(self, number: int, sentence: Sentence, found: list[Mention], persons: list[Person]) -> None:
        """The part of each organisation, as its sentence tells it."""
        raise NotImplementedError

    def stop(self, group: Group, told: list[tuple[str, Mention]]) -> Part:
        """Whether an organisation was a stop, by all that was told of it."""
        raise NotImplementedError

    def places(self) -> None:
        """States that sent people, cities that were stops."""
        raise NotImplementedError

    def mark(self, one: Mention, label: str, role: Span | None = None) -> None:
        self.labels.setdefault(one.start, []).append((label, role))

    def is_marked(self, one: Mention, *labels: str) -> bool:
        return any(label in labels for label, _role in self.labels.get(one.start, []))

    def sentence_of(self, place: int) -> tuple[Sentence, list[Mention]] | None:
        return next(((s, found) for s, found, _p in self.by_sentence if s.start <= place < s.end), None)

    def place(self, start: int, end: int, key: str, counts: bool | None, of: str) -> Found:
        """A state or a city, with why it counts or not."""
        whys = {
            "state": (_("said to have sent people"), _("named, but not as a sender")),
            "city": (_("said to have been a stop"), NAMED_ONLY),
        }
        return Found(start, end, SURE if counts else MENTIONED, whys[of][0 if counts else 1], key)

    def _decide(self) -> None:
        for group in self.findings.groups:
            told = [(label, role, one) for one in group.mentions for label, role in self.labels.get(one.start, [])]
            if any(label == OUTLET for label, _role, _one in told) or group.fullest.kind == "media":
                continue
            for wanted, (certainty, why) in ROLES.items():
                role = next((role for label, role, _one in told if label == wanted), None)
                if role:
                    self.findings.organisers.append(Part(group, certainty, why, role))
                    break
            part = self.stop(group, [(label, one) for label, _role, one in told])
            (self.findings.stops if part.certainty != MENTIONED else self.findings.others).append(part)

    def _said(self) -> None:
        for sentence, _found, _persons in self.by_sentence:
            self.findings.concepts += self._concepts(sentence)
            whole = sentence.start, sentence.end
            if self.came_of_it.search(sentence.text):
                self.findings.outcomes.append(Found(*whole, LIKELY, _("tells of something agreed or signed")))
            elif self.says.search(sentence.text):
                self.findings.statements.append(Found(*whole, LIKELY, _("tells what somebody said")))

    def _concepts(self, sentence: Sentence) -> Iterator[Found]:
        for match in self.concept.finditer(sentence.text):
            for one in self.quote.finditer(match[0]):
                start = sentence.start + match.start() + one.start(1)
                yield Found(start, start + len(one[1]), SURE, _("quoted as a concept"))


def overlaps(one: Mention | Person, spans: Iterable[Span]) -> bool:
    """Whether it lies, at least in part, in one of these places."""
    return any(start < one.end and one.start < end for start, end in spans)
