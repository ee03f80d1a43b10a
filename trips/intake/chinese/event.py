"""The name of the event in the first sentences, for a report without a headline."""

import re

from trips.intake.chinese import names
from trips.intake.paper import Paper

EVENT_NAME = re.compile(
    r"(?P<before>[一-鿿\d年-]{0,24})\"(?P<name>[^\"]{4,40})\"(?=(?:主题)?(?:系列)?(?:活动|考察|项目|研修|交流|举行|在|于|圆满|启动|顺利))"
)
PLAIN_EVENT = re.compile(
    r"(?P<name>(?:20\d\d年?)?[一-鿿·-]{4,36}?(?:交流周|考察活动|研修班|培训班|访问活动|参访活动|论坛|之行|考察团|研讨会|研修营))(?=[^一-鿿]|在|于|圆满|顺利|举行|启动|开班)"
)


def event_name(paper: Paper) -> tuple[int, int] | None:
    """The name of the event in the first sentences."""
    for sentence in paper.sentences[:2]:
        match = EVENT_NAME.search(sentence.text)
        if match:
            return sentence.start + match.start("name"), sentence.start + match.end("name")
        match = PLAIN_EVENT.search(sentence.text)
        if match:
            start = names.begins(sentence.text, match.end("name") - 2, match.start("name"))
            return sentence.start + start, sentence.start + match.end("name")
    return None
