"""A report in Chinese: sentence by sentence, what it says about the trip."""

import re

from django.utils.translation import gettext_lazy as _

from institutions.choices import Kind
from trips.intake.chinese import lists, names, parts, places
from trips.intake.chinese.people import people
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
    SUPPORTER,
    SURE,
    TITLE,
    VISITED,
    Report,
    overlaps,
)

CONCEPT = re.compile(
    r"(?P<list>(?:\"[^\"]{2,30}\"[、和及]?)+)(?=的?(?:理念|概念|模式|原则|思路))|(?:理念|概念|模式)(?:是|:|为)?(?P<other>\"[^\"]{2,30}\")"
)
SAYS = re.compile(r"表示|指出|强调|认为|称赞|赞赏|说[,:]|希望|期待|谈到|坦言")
CAME_OF_IT = re.compile(r"签署|签订|签约|协议|备忘录|达成|共识|联合声明|意向书|揭牌")


CALLED_ON = re.compile(r"(?:拜访|拜会|访问|走访|到访|参访|来到|考察)[^,;。]{0,30}$")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年")


class ChineseReading(Report):
    """A report in Chinese."""

    lead = 4
    quote = re.compile(r"\"([^\"]{2,30})\"")
    concept, says, came_of_it = CONCEPT, SAYS, CAME_OF_IT

    def named(self, sentence: Sentence) -> tuple[list[Mention], list[Person]]:
        known = [
            Mention(sentence.start + start, sentence.start + end, party.kind, party.type, party)
            for start, end, party in self.catalogue.find_parties(sentence.text)
        ]
        own = [
            *names.mentions(sentence.text, sentence.start),
            *lists.listed(sentence, lists.FIRM_LIST, Kind.ENTERPRISE),
            *lists.listed(sentence, lists.HOST_LIST, Kind.HOST),
        ]
        found = without_overlaps(known, own)
        found = without_brackets(sentence.text, sentence.start, found)
        persons = people(sentence.text, sentence.start)
        found = [
            one for one in found if not any(person.start < one.end and one.start < person.end for person in persons)
        ]
        return found, persons

    def abbreviations(self) -> None:
        shorts = {one.short: one for _s, found, _p in self.by_sentence for one in found if one.short}
        for number, (sentence, found, persons) in enumerate(self.by_sentence):
            more = []
            for short, full in shorts.items():
                for match in re.finditer(re.escape(short), sentence.text):
                    start, end = sentence.start + match.start(), sentence.start + match.end()
                    if not any(one.start < end and start <= one.end + 1 for one in found):
                        more.append(Mention(start, end, full.kind, full.type, full.party, short))
            self.by_sentence[number] = sentence, sorted([*found, *more], key=lambda one: one.start), persons

    def outlets(self, sentence: Sentence, found: list[Mention]) -> None:
        for first, last in lists.outlets(sentence.text):
            start, end = sentence.start + first, sentence.start + last
            known = next((one for one in found if one.start < end and start < one.end), None)
            key = known.party.key if known and known.party and known.kind == Kind.MEDIA else ""
            self.findings.media.append(Found(start, end, SURE, _("named among those that covered it"), key))
            if known:
                self.mark(known, OUTLET)

    def _organisers(self, sentence: Sentence, found: list[Mention], lead: bool) -> None:
        text, offset = sentence.text, sentence.start
        for pattern, label in (
            (parts.LABEL, ORGANISER),
            (parts.BY, ORGANISER),
            (parts.INVITED, INVITER),
            (parts.SUPPORT, SUPPORTER),
        ):
            for match in pattern.finditer(text):
                if pattern is parts.BY and not lead and not parts.EVENT.search(text):
                    continue
                role = offset + match.start("role"), offset + match.end("role")
                for one in found:
                    if match.start("list") <= one.start - offset and one.end - offset <= match.end("list"):
                        self.mark(one, label, role)
        for one in found:
            match = parts.SUBJECT.match(text[one.end - offset :]) or (
                parts.INVITES.match(text[one.end - offset :]) if one.kind != Kind.HOST else None
            )
            behind = text[one.end - offset :]
            if (
                match
                and (lead or parts.EVENT.search(behind[:40]))
                and not (match["role"] in {"组织", "举办"} and not lead)
            ):
                if one.kind == Kind.HOST and match["role"] in {"举办", "组织"} and not parts.EVENT.search(behind[:50]):
                    continue
                role = one.end + match.start("role"), one.end + match.end("role")
                self.mark(one, ORGANISER, role)
                for other in reversed([other for other in found if other.end < one.start]):
                    if not re.fullmatch(
                        r"(?:\([^()]{1,20}\))?\s?[、和与及暨]?(?:以及|联合|携手|会同)?",
                        text[other.end - offset : one.start - offset],
                    ):
                        break
                    self.mark(other, ORGANISER, role)
                    one = other

    def label(self, number: int, sentence: Sentence, found: list[Mention], persons: list[Person]) -> None:
        self._organisers(sentence, found, number < self.lead)
        titles = [one.title for one in persons if one.title]
        spans = [*((one.start, one.end) for one in (*found, *persons)), *titles]
        plain = masked(sentence.text, [(start - sentence.start, end - sentence.start) for start, end in spans])
        for one in found:
            if overlaps(one, titles):
                self.mark(one, TITLE)
            elif one.start not in self.labels:
                self.mark(
                    one,
                    self._part(
                        sentence.text,
                        plain,
                        one.start - sentence.start,
                        one.end - sentence.start,
                        one.party is not None,
                    ),
                )

    def _part(self, text: str, plain: str, start: int, end: int, one_known: bool) -> str:
        if parts.quoted(text, start):
            return parts.ASIDE
        first, _last = parts.clause(text, start)
        if self._is_earlier(text, start) or parts.LATER.search(text[first:start]):
            return parts.ASIDE
        if parts.SENDERS.match(text, end):
            return parts.SENDER
        if parts.OWN_PEOPLE.match(text, end) and not re.match(
            r"(?:\([^()]{1,20}\))?(?:代表|负责人|师生(?:代表)?)(?:座谈|交流|会)", text[end:]
        ):
            return parts.SENDER
        if parts.STUDIED.match(text, end):
            return parts.ASIDE
        near = parts.before(plain[first:], start - first)
        if near:
            return (
                near
                if near != parts.ASIDE or not parts.BEHIND.match(text, end)
                else parts.STOP
                if re.search(r"(?:就读|毕业|曾|为|由)[^,]*$", text[first:start]) is None
                else parts.ASIDE
            )
        if parts.BEHIND.match(text, end):
            return parts.STOP
        if (
            first
            and re.search(r"(?:参观|走访|访问(?!团)|考察(?!团)|参访|到访|来到|前往)[^。;]{0,100}$", text[:first])
            and text[first - 1] in ":,"
        ):
            return parts.STOP if re.match(r"\s*(?:并|还|以及)?$", text[first:start]) else parts.ASIDE
        return parts.DEFAULT if one_known or (first == start and not text[:start].strip()) else parts.ASIDE

    def _is_earlier(self, text: str, place: int) -> bool:
        """Whether what stands there belongs to another year, or to an earlier visit."""
        first, last = parts.clause(text, place)
        near = text[first:last]
        other = [
            one
            for one in YEAR.finditer(text, max(0, first - 20), place)
            if self.years and int(one[0][:4]) not in self.years
        ]
        return bool(parts.EARLIER.search(near) or (other and not re.search(r"成立|创办|建校|始建|更名|升格", near)))

    def stop(self, group: Group, told: list[tuple[str, Mention]]) -> Part:
        labels, one = {label for label, _one in told}, group.fullest
        place = next((mention for label, mention in told if label in (parts.STOP, parts.DEFAULT)), one)
        found = self.sentence_of(place.start)
        where = (found[0].start, found[0].end) if found else None
        visited, called_on = parts.STOP in labels, self._is_called_on(group)
        is_body = one.kind == Kind.ORGANISER and not (visited and called_on)
        if parts.SENDER in labels or one.kind in (Kind.EMBASSY, "") or is_body:
            return Part(group, MENTIONED, NAMED_ONLY, sentence=where)
        if one.weak and not one.party and (one.owned or self._has_strong(place) or not called_on):
            return Part(group, MENTIONED, PERHAPS_A_PART, sentence=where)
        if visited:
            return Part(group, SURE, VISITED, sentence=where)
        if parts.DEFAULT in labels and ORGANISER not in labels:
            return Part(group, LIKELY, BESIDE, sentence=where)
        return Part(group, MENTIONED, NAMED_ONLY, sentence=where)

    def _is_called_on(self, group: Group) -> bool:
        """Whether words of a visit stand right before it."""
        body = self.paper.body
        return any(CALLED_ON.search(body[max(0, one.start - 40) : one.start]) for one in group.mentions)

    def _has_strong(self, one: Mention) -> bool:
        """Whether an organisation that is surely one stands before it, which it may belong to."""
        found = self.sentence_of(one.start)
        return any(not other.weak and other.stop and other.start < one.start for other in (found[1] if found else ()))

    def places(self) -> None:
        texts = [(sentence.start, sentence.text, found, persons) for sentence, found, persons in self.by_sentence]
        if self.paper.title:
            start, end = self.paper.title
            text = self.paper.text[start:end]
            texts.insert(0, (start, text, list(names.mentions(text, start)), people(text, start)))
        for match in parts.ABROAD.finditer(self.paper.text, 0, self._lead_end()):
            self.findings.goals.add(parts.ABBREVIATED[match["state"]])
        for where, text, found, persons in texts:
            organisations = [(one.start - where, one.end - where) for one in found]
            senders = [
                (one.start - where, one.end - where)
                for one in found
                if one.kind == Kind.EMBASSY or one.kind == Kind.ORGANISER or self._sends(one)
            ]
            titles = [(one.title[0] - where, one.title[1] - where) for one in persons if one.title]
            self._states(where, text, [one for one in organisations if one not in senders], titles)
            self._cities(where, text, [*organisations, *titles])

    def _sends(self, one: Mention) -> bool:
        return self.is_marked(one, parts.SENDER, TITLE)

    def _states(self, where: int, text: str, blocked: list[tuple[int, int]], titles: list[tuple[int, int]]) -> None:
        hits = [
            hit
            for hit in self.catalogue.find_countries(text)
            if not any(start <= hit.start and hit.end <= end for start, end in blocked)
        ]
        for chain in places.chains(text, [(hit.start, hit.end) for hit in hits]):
            first, last = chain[0][0], chain[-1][1]
            counts = places.takes_part(text, first, last, titles)
            if not counts and parts.GOAL.search(text[:first]) and where < self._lead_end():
                self.findings.goals |= {min(hit.keys) for hit in hits if first <= hit.start < last}
            for start, end in chain:
                iso2 = next(min(hit.keys) for hit in hits if hit.start == start)
                self.findings.states.append(self.place(where + start, where + end, iso2, counts, "state"))

    def _lead_end(self) -> int:
        """Up to here the trip itself is told."""
        sentences = self.paper.sentences[: self.lead]
        return sentences[-1].end if sentences else 0

    def _cities(self, where: int, text: str, blocked: list[tuple[int, int]]) -> None:
        hits = [
            hit
            for hit in self.catalogue.find_cities(text)
            if not any(start < hit.end and hit.start < end for start, end in blocked) and min(hit.keys) != "Singapore"
        ]
        for chain in places.chains(
            text, [(hit.start, hit.end) for hit in hits], r"市?(?:[、和及与]|以及|,?(?:并|随后|再|后)?(?:转)?赴)"
        ):
            first, last = chain[0][0], chain[-1][1]
            counts = (
                places.is_stop(text, first, last)
                and not parts.quoted(text, first)
                and not self._is_earlier(text, first)
            )
            counts = counts and not parts.LATER.search(text[parts.clause(text, first)[0] : first])
            for start, end in chain:
                key = next(min(hit.keys) for hit in hits if hit.start == start)
                self.findings.cities.append(self.place(where + start, where + end, key, counts, "city"))
