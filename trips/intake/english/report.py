"""A report in English: sentence by sentence, what it says about the trip."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from institutions.choices import Kind
from trips.intake.english import firms, media, names, organisers, parts, places
from trips.intake.english.people import people
from trips.intake.found import Found, Part
from trips.intake.mentions import Group, Mention, masked, without_brackets, without_overlaps
from trips.intake.paper import Sentence
from trips.intake.people import Person
from trips.intake.report import (
    BESIDE,
    INVITER,
    LIKELY,
    MENTIONED,
    NAMED_ONLY,
    ORGANISER,
    OUTLET,
    PERHAPS_A_PART,
    SURE,
    TITLE,
    VISITED,
    Report,
    overlaps,
)

DEFAULT = "default"
CONCEPT = re.compile(
    r"\b(?:concepts?|ideas?|notions?|terms?|models?|principles?|initiatives?|slogans?|theme)\b[^\".]{0,60}(?P<list>(?:\"[^\"]{3,80}\"[,\s]*(?:and |or |, )*)+)",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"\b(?:said|noted|stressed|underlined|emphasi[sz]ed|expressed|spoke highly|pointed out|hoped|looked forward|envisioned|remarked|praised|commended|added|told|believed|stated|called for|proposed)\b"
)
CAME_OF_IT = re.compile(
    r"\b(?:sign(?:ed|ing)|memorand\w+|MoUs?|letters? of intent|agreed (?:to|on|that)|agreements?|reached (?:a )?consensus|joint statement|declaration|will jointly)\b",
    re.IGNORECASE,
)


CALLED_ON = re.compile(
    r"\b(?:visit(?:ed|s)?(?: to)?|courtesy calls? (?:on|to)|call(?:ed)? on|paid (?:a )?(?:visit|call)s? (?:to|on))\s(?:the )?(?:[A-Z][\w ]{2,60} and (?:the )?)?$"
)
YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")
FOUNDED = re.compile(
    r"\b(?:founded|established|opened|built|launched|set up|created|dates? (?:back )?(?:to|from)|since|history|class of|by|until|the)\b[^,;]{0,40}$",
    re.IGNORECASE,
)


class Reading(Report):
    """A report in English."""

    lead = 3
    quote = re.compile(r"\"([^\"]{3,80})\"")
    concept, says, came_of_it = CONCEPT, SAYS, CAME_OF_IT

    def named(self, sentence: Sentence) -> tuple[list[Mention], list[Person]]:
        text, offset = sentence.text, sentence.start
        persons = people(text, offset, self.catalogue)
        blocked = [(one.start - offset, one.end - offset) for one in persons]
        known = [
            Mention(offset + start, offset + end, party.kind, party.type, party, names.short_behind(text, end))
            for start, end, party in self.catalogue.find_parties(text)
            if not any(first < end and start < last for first, last in blocked)
        ]
        found = without_overlaps(known, names.mentions(text, offset, blocked))
        found = without_brackets(text, offset, found)
        taken = [*found, *(Mention(one.start, one.end, "") for one in persons)]
        found = without_overlaps(found, organisers.unnamed(text, offset, taken))
        return without_overlaps(found, firms.firms_in(sentence, found, persons, self.catalogue)), persons

    def abbreviations(self) -> None:
        shorts = {one.short: one for _s, found, _p in self.by_sentence for one in found if one.short}
        if not shorts:
            return
        longest_first = "|".join(re.escape(one) for one in sorted(shorts, key=len, reverse=True))
        pattern = re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])")
        for number, (sentence, found, persons) in enumerate(self.by_sentence):
            there = [(one.start, one.end + len(one.short) + 3 if one.short else one.end) for one in found]
            there += [(one.start, one.end) for one in persons]
            more = [
                replace(shorts[match[0]], start=sentence.start + match.start(), end=sentence.start + match.end())
                for match in pattern.finditer(sentence.text)
                if not any(
                    start < sentence.start + match.end() and sentence.start + match.start() < end
                    for start, end in there
                )
            ]
            self.by_sentence[number] = sentence, sorted([*found, *more], key=lambda one: one.start), persons

    def outlets(self, sentence: Sentence, found: list[Mention]) -> None:
        for start, end in media.outlets(sentence.text):
            first, last = sentence.start + start, sentence.start + end
            known = next((one for one in found if one.start < last and first < one.end), None)
            if (
                known
                and known.kind not in (Kind.MEDIA, "", Kind.ORGANISER, Kind.ENTERPRISE)
                and not media.OUTLET.search(self.paper.text[first:last])
            ):
                continue
            if known and known.kind == Kind.MEDIA and (known.party or known.end - known.start > last - first):
                first, last = known.start, known.end
            self.findings.media.append(
                Found(
                    first,
                    last,
                    SURE,
                    _("named among those that covered it"),
                    known.party.key if known and known.party else "",
                )
            )
            for one in found:
                if one.start < last and first < one.end:
                    self.mark(one, OUTLET, None)

    def label(self, number: int, sentence: Sentence, found: list[Mention], persons: list[Person]) -> None:
        titles = [one.title for one in persons if one.title]
        for one, role, label in organisers.organisers(sentence.text, sentence.start, found, number < self.lead):
            self.mark(one, label, role)
        names_of = [(one.start - sentence.start, one.end - sentence.start) for one in (*found, *persons)]
        names_of += [(start - sentence.start, end - sentence.start) for start, end in titles]
        triggers = parts.spans(masked(sentence.text, names_of))
        for one in found:
            is_earlier = number > 0 and self._is_earlier(sentence.text, one.start - sentence.start)
            if overlaps(one, titles):
                self.mark(one, TITLE)
            elif one.start not in self.labels or self.labels[one.start][-1][0] == INVITER:
                self.mark(one, self._part(sentence, one, triggers, is_earlier))

    def _is_earlier(self, text: str, place: int) -> bool:
        """Whether what stands there belongs to another year, or to an earlier visit."""
        first = max(text.rfind(sign, 0, place) for sign in ";:") + 1
        ends = [end for end in (text.find(sign, place) for sign in ";") if end >= 0]
        near = text[first : min(ends, default=len(text))]
        if parts.EARLIER.search(near):
            return True
        other = [one for one in YEAR.finditer(near) if self.years and int(one[0]) not in self.years]
        return any(not FOUNDED.search(near[: one.start()]) for one in other)

    def _part(self, sentence: Sentence, one: Mention, triggers: list[tuple[int, int, str]], is_earlier: bool) -> str:
        text, start, end = sentence.text, one.start - sentence.start, one.end - sentence.start
        if is_earlier or parts.quoted(text, start):
            return parts.ASIDE
        if parts.OWN_PEOPLE.match(text, end):
            return parts.SENDER
        near = parts.before(text, triggers, start)
        if near:
            return near
        if parts.HOSTS.match(text, end):
            return parts.STOP
        if (
            re.search(
                r"(?:^|\b(?:morning|afternoon|evening)\s?:|[|]|\bat|\bto|\bin|^[AQ]\s?:|^\W*\d{0,2}[.)]?) ?(?:the )?$",
                text[:start],
                re.IGNORECASE,
            )
            or start == 0
        ):
            return DEFAULT
        if one.party and not one.weak:
            return DEFAULT if parts.VISITORS.search(text) or parts.TIMES.search(text) else parts.ASIDE
        return DEFAULT if parts.VISITORS.search(text) and parts.TIMES.search(text) else parts.ASIDE

    def stop(self, group: Group, told: list[tuple[str, Mention]]) -> Part:
        labels, one = {label for label, _one in told}, group.fullest
        is_known, visited = one.party is not None, bool(labels & {parts.STOP, parts.MET})
        place = next((mention for label, mention in told if label in (parts.STOP, parts.MET, DEFAULT)), one)
        found = self.sentence_of(place.start)
        where = (found[0].start, found[0].end) if found else None
        is_body = one.kind == Kind.ORGANISER and not self._is_called_on(told)
        if parts.SENDER in labels or one.kind in (Kind.EMBASSY, "") or is_body:
            return Part(group, MENTIONED, NAMED_ONLY, sentence=where)
        if not is_known and (one.owned or (one.weak and (not visited or self._has_strong(place)))):
            return Part(group, MENTIONED, PERHAPS_A_PART, sentence=where)
        if visited and (ORGANISER not in labels or self._is_called_on(told)):
            return Part(group, SURE, VISITED, sentence=where)
        if DEFAULT in labels and ORGANISER not in labels:
            return Part(group, LIKELY, BESIDE, sentence=where)
        return Part(group, MENTIONED, NAMED_ONLY, sentence=where)

    def _is_called_on(self, told: list[tuple[str, Mention]]) -> bool:
        """Whether a body that teaches nobody is said to have been called on."""
        return any(
            label == parts.STOP and CALLED_ON.search(self.paper.body[max(0, one.start - 70) : one.start])
            for label, one in told
        )

    def _has_strong(self, one: Mention) -> bool:
        """Whether an organisation that is surely one stands right before it, which it may belong to."""
        found = self.sentence_of(one.start)
        return any(
            not other.weak
            and other.stop
            and other.start < one.start
            and not self.paper.body[other.end : one.start].strip(" ,")
            for other in (found[1] if found else ())
        )

    def places(self) -> None:
        visited = {one.start for part in self.findings.stops for one in part.group.mentions}
        states: list[Found] = []
        cities: list[Found] = []
        for number, (where, text, found, persons) in enumerate(self._texts()):
            heading = bool(self.paper.title) and not number
            blocked = [(one.start - where, one.end - where) for one in found if one.kind != Kind.EMBASSY]
            self._senders(found, persons)
            for place in places.states(text, self.catalogue, blocked):
                if place.counts is False and number <= self.lead and places.is_goal(text, place.start):
                    self.findings.goals.add(place.key)
                states.append(self.place(where + place.start, where + place.end, place.key, place.counts, "state"))
            titles = [(one.title[0] - where, one.title[1] - where) for one in persons if one.title]
            stops = [(one.start - where, one.end - where) for one in found if one.start in visited]
            organisations = [(one.start - where, one.end - where) for one in found]
            for place in places.cities(text, self.catalogue, [*organisations, *titles], stops, heading):
                counts = (
                    place.counts
                    and not (heading is False and self._is_earlier(text, place.start))
                    and not parts.quoted(text, place.start)
                )
                cities.append(self.place(where + place.start, where + place.end, place.key, counts, "city"))
        self.findings.states += states
        self.findings.cities += cities

    def _senders(self, found: list[Mention], persons: list[Person]) -> None:
        """States in the names of organisations that sent people, and in the titles of persons."""
        spans = [
            (one.start, one.end, one.party.country if one.party else "")
            for one in found
            if self.is_marked(one, parts.SENDER)
        ]
        spans += [
            (one.title[0], one.title[1] + len(places.BEHIND_TITLE.match(self.paper.text[one.title[1] :])[0]), "")
            for one in persons
            if one.title
        ]  # type: ignore[index]
        for start, end, country in spans:
            text = self.paper.text[start:end]
            states = {
                min(hit.keys): (start + hit.start, start + hit.end) for hit in self.catalogue.find_countries(text)
            }
            states |= (
                {}
                if states
                else dict.fromkeys(
                    places.countries_of({min(hit.keys) for hit in self.catalogue.find_cities(text)}), (start, end)
                )
            )
            states |= {country: (start, end)} if country and not states else {}
            for iso2, (first, last) in states.items():
                self.findings.states.append(Found(first, last, LIKELY, _("in the name of who sent people"), iso2))

    def _texts(self) -> Iterator[tuple[int, str, list[Mention], list[Person]]]:
        if self.paper.title:
            start, end = self.paper.title
            text = self.paper.text[start:end]
            known = [
                Mention(start + first, start + last, party.kind, party.type, party)
                for first, last, party in self.catalogue.find_parties(text)
            ]
            yield start, text, without_overlaps(known, names.mentions(text, start, [])), []
        for sentence, found, persons in self.by_sentence:
            yield sentence.start, sentence.text, found, persons
