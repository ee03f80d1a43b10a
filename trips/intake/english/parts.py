"""What part an organisation, a state or a city plays in an English sentence, by the nearest words that say so."""

import re

STOP, SENDER, ASIDE, MET = "stop", "sender", "aside", "met"
TRAVELLERS = (
    r"(?:delegat(?:ion|es?)s?|representatives?|officials?|diplomats?|teachers?|lecturers?|leaders?|principals?|administrators?|staff|"
    r"members?|participants?|trainees?|educators?|team|group|party|visitors?|officers?|scholars?|experts?|presidents?|rectors?|directors?|heads?|"
    r"envoys?|academics?|faculty|managers?|instructors?|attach[eé]s?|counsell?ors?|ambassadors?|mission|guests?|counterparts?|trainers?|people|deans?)"
)
VISITS = (
    r"(?:re-?)?visit(?:s|ed|ing)?(?: to| at)?|tour(?:s|ed|ing)?(?: of| at| through)?|call(?:s|ed|ing)? (?:at|on|in at|by)|courtesy calls? (?:on|to)|stop(?:s|ped)? (?:at|in|off at)|"
    r"travel(?:s|led|ed|ling)? (?:on |back )?to|went (?:on |over )?to|go(?:es|ing)? to|arriv(?:ed|es|ing) (?:at|in)|moved (?:on )?to|moving (?:on )?to|proceed(?:ed|ing)? to|head(?:ed|ing)? (?:to|for|towards)|"
    r"(?:was|were|been) at|spent .{0,40}? (?:at|in|with)|hosted (?:by|at)|received (?:by|at)|welcomed (?:by|at|to)|greeted by|guests? (?:of|at)|drove to|flew to|reach(?:ed|ing)|explor(?:ed|ing)|"
    r"inspect(?:ed|ing)|stepp(?:ed|ing) into|walk(?:ed|ing)? (?:through|around|round)|went (?:through|round|around)|shown (?:round|around|through)|show(?:ed)? .{0,30}? (?:round|around)|came to|come to|"
    r"took .{0,40}? to|taken to|brought .{0,40}? to|led .{0,30}? to|held (?:at|in)|took place (?:at|in)|stay(?:ed)? at|class(?:es)? at|sat in on .{0,40}? at|workshops? at|session (?:at|with)|seminar (?:at|with)|"
    r"observed .{0,60}? at|trips? to|leg (?:at|in)|day (?:at|in|with)|morning (?:at|in|with)|afternoon (?:at|in|with)|followed by|belonged to|turn of|host(?:s)? (?:was|were)|hosts?:|venues?:|itinerary|stops?:|"
    r"visiting:|destinations?:|programme at|entered|entering|dropped (?:in|by) (?:at|on)?|made (?:their|its) way to|ended (?:at|in|with)|concluded (?:at|in|with)|began (?:at|in|with)|"
    r"opened (?:at|in)|started (?:at|in|with)|wound up (?:at|in)|finished (?:at|in|with)|campus of|workshops? of|training bases? (?:of|at)|headquarters of|facilities (?:of|at)|laborator(?:y|ies) (?:of|at)|production lines? (?:of|at)|plants? of|factor(?:y|ies) of|"
    r"showroom of|premises of|gates? of|journey to|exchanges? (?:at)|"
    r"first came|then came|next came|(?:we|they|delegat(?:ion|es)|group|visitors|guests|diplomats|officials|directors|principals|participants|party) (?:also )?(?:saw|chose|tried)|(?:morning|afternoon|evening|noon|a\.m\.|p\.m\.)\s?[:-]|"
    r"(?:participants|delegat(?:es|ion)|they|group|visitors|guests|officials|teachers|party) will (?:also |then |next )?(?:visit|tour|call at|call on|stop at|travel to|go to|be shown|be received)|"
    r"(?:simulators?|studios?|workshops?|classrooms?|halls?|bases?|kitchens?|library|museum|laborator(?:y|ies)|greenhouses?|farms?|canteen) (?:of|at)|"
    r"discuss(?:ed|ions?) .{0,80}? (?:with|at)|talks? (?:with|at)|talk(?:ed)? (?:with|to)|dialogues? with|met (?:up )?(?:with|at|in)?|meet(?:s|ing|ings)? (?:with|at)|round[- ]?tables? (?:with|at)|exchang(?:ed|ing|es) (?:views|ideas|notes|experiences?) .{0,40}?(?:with|at)|notes with|conversation with|to see|"
    r"matched with|networking with|spoke (?:with|to)|consultations? with|accompanied by|joined by|attended by|received|welcomed"
)
BRIEF = r"(?:including|such as|namely|among them|as well as|notably|:)"
# What a group does is told between it and a name that it does not come from.
DOES = r"(?:also|then|visit|tour|call|met|observ|explor|inspect|saw|went|travel|stopp?ed|walk|arriv|was|were|had|has|have|will)"
TRIGGERS = tuple(
    (label, re.compile(rf"\b(?:{pattern})(?![\w])", re.IGNORECASE))
    for label, pattern in (
        (STOP, VISITS),
        (SENDER, rf"{TRAVELLERS},?(?: (?!{DOES})\w+){{0,6}}? (?:from|of|representing)"),
        (
            SENDER,
            r"sent by|represented|represent(?:s|ing)|on behalf of|coming from|came from|comes from|drawn from|hailed from|hailing from|returned to|return(?:ing)? to|back (?:to|at)",
        ),
        (
            ASIDE,
            r"which|whose|that (?:has|have|had|is|was|were|are)|graduat(?:e|ed|es)(?: from| of)?|alumn\w+ (?:of|from)|alma mater|degrees? (?:from|at)|studied (?:at|in)|studying (?:at|in)|study (?:at|in)|educated at|"
            r"trained at|taught at|doctorate (?:from|at)|PhD (?:from|at)|master's (?:from|at)|scholarships? (?:from|at|of)|students? (?:from|at|of|in)|interns? (?:from|at)|internships? (?:at|with)|former(?:ly)? (?:of|at)|once|"
            r"cooperat(?:es?|ed|ing|ion)(?: \w+){0,4} with|collaborat(?:es?|ed|ing|ion)(?: \w+){0,4} with|partner(?:s|ed|ship|ships|ing)?(?: \w+){0,3} (?:with|of|from|at|are|is|include[sd]?|including)|"
            r"links? with|ties with|twinn(?:ed|ing) with|similar to|like|modelled on|modeled on|inspired by|compared (?:with|to)|based (?:at|in|on)|ranked|accredited by|affiliated (?:to|with)|overseen by|under|"
            r"jointly (?:built|run|established|set up|founded|developed) (?:by|with)|built (?:by|with)|founded (?:by|with|in)|established (?:by|with|in)|supplied (?:by|to)|donated (?:by|to)|funded by|supported by|sponsored by|equipped by|employ\w* (?:at|by|with)|"
            r"branch(?:es)? (?:of|in)|campus(?:es)? in|owned by|part of|subsidiary of|member of|headed by|certified by|last year|previous(?:ly)?|in (?:19|20)\d\d|since (?:19|20)\d\d|earlier|years? ago|next (?:year|month)|"
            r"will|would|signed .{0,80}? with|sign(?:ed|ing)? with|inked .{0,80}? with|plans? to|hopes? to|invited|invitation to|expected to|"
            r"said(?: that)?|told|noted|added|recalled|stressed|explained that|mentioned|announced|according to|remarked|thanked|pointed out|quoted|photo(?:graph)?|"
            r"agreements? (?:between|with)|memorand\w+ (?:of understanding )?(?:between|with) (?!the host)|joint (?:programmes?|programs?|courses?) with|worked (?:at|for)|works? (?:at|for)|jobs? (?:at|with|in)|supplies|serves|suppliers? (?:to|of)|customers?|contracts? with",
        ),
        (
            MET,
            rf"(?:met|meet|meeting|talks?|talked|discussions?|discussed|exchanged|dialogue|joined|welcomed|received|greeted|accompanied|attended|received|session|round[- ]?table|notes|exchanges?|views)(?: \w+)? ?(?:with|by)?(?: [\w-]+){{0,4}}? {TRAVELLERS}(?: \w+){{0,6}}? (?:from|of)",
        ),
        (
            MET,
            rf"{TRAVELLERS} (?:from|of) (?:\w+ ){{0,6}}?(?:colleges|universities|institutions|schools|enterprises|companies)(?: \w+){{0,4}},? {BRIEF}",
        ),
    )
)
HOSTS = re.compile(
    r"(?:\s?\([^()]*\))?,?(?: and (?:the )?[A-Z][^,.;]{2,80}?)?(?: [^,.;]{2,80},)?(?: (?:also|then|in turn|warmly|itself|alone|jointly|recently|in \w+|on \d+ \w+))? (?:shared|welcom(?:ed|es)|receiv(?:ed|es)|host(?:ed|s)|open(?:ed|s)|show(?:ed|s|cased)|present(?:ed|s)|introduc(?:ed|es)|brief(?:ed|s)|"
    r"greet(?:ed|s)|offer(?:ed|s)|shar(?:ed|es)|demonstrat(?:ed|es)|gave|stag(?:ed|es)|prepar(?:ed|es)|arrang(?:ed|es)|laid on|put on|came (?:first|next|last)|follow(?:ed|s)|rounded off|closed|provid(?:ed|es)|"
    r"was (?:the|next|first|last|also|visited|another|on)|were (?:the|next|also|visited|on)|took (?:the|over|its turn)|"
    rf"led (?:the|a)(?! (?:[\w-]+ ){{0,3}}{TRAVELLERS}\b)|"
    r"invited|explained|walked|let|treated|made|staged|served as|where|the (?:first|second|third|next|last|final) (?:stop|host))"
)
VISITORS = re.compile(
    r"\b(?:delegat(?:ion|es)|visitors|guests|diplomats|party|group|officials|participants|envoys|travellers|mission|trainees|team|educators|teachers|principals|they|we)\b",
    re.IGNORECASE,
)
TIMES = re.compile(
    r"\b(?:morning|afternoon|evening|first|second|third|next|last|final|then|later|day|stop|turn|finally|afterwards|Monday|Tuesday|Wednesday|Thursday|Friday|host|lunch)\b|\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"\b(?:similar (?:visit|trip|tour)|earlier (?:programmes?|programs?|visits?|trips?|editions?|tours?)|last year|previous(?:ly)?|earlier (?:this|that) (?:year|month)|years ago|in (?:19|20)\d\d|since (?:19|20)\d\d|had (?:already )?(?:visited|been|hosted|toured)|a year (?:ago|earlier|before)|predecessor)\b",
    re.IGNORECASE,
)
OWN_PEOPLE = re.compile(
    r"(?:\s?\([^()]*\))?(?:'s?)? (?:[\w-]+ ){0,2}(?:delegat(?:ion|es)|team|group|teachers|representatives|students|staff|visitors|party|lecturers|officials)\b",
    re.IGNORECASE,
)


NEAR = 70  # characters within which words set a name aside


def spans(text: str) -> list[tuple[int, int, str]]:
    """The words of a sentence that tell parts, each with the part, in order of their ends."""
    found = [(match.start(), match.end(), label) for label, pattern in TRIGGERS for match in pattern.finditer(text)]
    return sorted(found, key=lambda one: (one[1], one[0]))


def before(text: str, found: list[tuple[int, int, str]], place: int) -> str:
    """The part that the nearest words before a place tell; of two that end together the longer."""
    near = [one for one in found if one[1] <= place and (one[2] != ASIDE or place - one[1] <= NEAR)]
    if not near:
        return ""
    end = near[-1][1]
    first = min(one for one in near if one[1] == end)
    return first[2]


def quoted(text: str, start: int) -> bool:
    """Whether the place lies in something that is said."""
    marks = text[:start].count('"')
    if marks % 2 == 0:
        return False
    opening = text.rfind('"', 0, start)
    closing = text.find('"', start)
    return (closing if closing > 0 else len(text)) - opening > 80
