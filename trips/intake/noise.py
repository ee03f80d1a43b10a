"""What stands on a page and is no part of the report: sources, by-lines, captions, dates of publication, addresses."""

import re

from trips.intake.catalogue import gazetteer
from trips.intake.days import MONTH, month_number
from trips.intake.paper import Paper, lines

HEADLINE = 200  # characters at most
FIRST_LINES = 6  # among which the headline stands
LABEL = (
    r"(?:source|author|by|text|story|reported by|written by|words|edited by|editors?|reporters?|photos?|photo credit|"
    r"photographs?|pictures?|picture|images?|caption|publish(?:ed)?(?: (?:date|on|time))?|first published|posted(?: on)?|updated?|last updated|"
    r"visits|views|hits|clicks|share|tags?|keywords?|contact|media contact|tel|phone|e-?mail|website|copyright|related|"
    r"previous|next|home|category|section|issue|ref(?:erence)?(?: no)?|read more|click here|print|font size)"
)
ZH_LABEL = (
    r"(?:信息|文章|稿件|新闻|消息|图片|照片)?(?:来源|作者|编辑|责编|责任编辑|记者|通讯员|供稿|撰稿|撰文|文字|图文|图片|图|文|摄影|摄影|摄|审核|审稿|初审|复审|终审|"
    r"校对|发布时间|发布日期|发布人|发布者|发表时间|更新时间|更新|浏览次数|浏览量|浏览|阅读量|阅读|点击量|点击数|点击|访问量|分享到|分享|标签|关键词|上一篇|下一篇|"
    r"相关阅读|版权|联系电话|联系人|撰稿人|电话|当前位置|您现在的位置|您的位置|首页|字号|打印|供图|排版|制作)"
)
NOISE = (
    re.compile(rf"(?:{LABEL})\s*(?::|\|)(?!\s*\d{{1,2}}:\d\d\s*-).*", re.IGNORECASE),
    re.compile(rf"[\[【(]?{ZH_LABEL}\s*[:|/].*"),
    re.compile(r"\S*https?://\S+|www\.\S+"),
    re.compile(r"(?:https?://|www\.)\S+.{0,40}"),
    re.compile(
        r"(?:END|Share|Print|Back|Top|Close|Read more.*|Share this.*|Follow us.*|\(?完\)?|\(?完毕\)?|- ?30 ?-|###|\*{3,}|-{3,})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:Home|首页|You are here|Current position|当前位置|您现在的位置|您的位置)\s*(?:>|»|/|:|-).*", re.IGNORECASE
    ),
    re.compile(r"[^>]{1,40}(?: > [^>]{1,60}){1,5}"),
    re.compile(
        r"\(?\[?(?:Photo|Photos|Picture|Image|Caption|Above|Below|Pictured|Fig(?:ure)?\.? ?\d*|File photo)\b\s*(?:\d+\s*)?(?::|-|\||by |above|shows).*",
        re.IGNORECASE,
    ),
    re.compile(
        r"[\[(【▲△◆图].{0,3}(?:图为|图片说明|图说|上图|下图|照片).*|图为.*|[▲△].*|图[一二三四五六七八九十\d]+[:: ].*"
    ),
    re.compile(
        r".*\b(?:Photo|Picture|Image|Credit|Photograph)s?(?: credit)?(?:: ?| by |/)[^.]{1,60}\.?\)?\]?", re.IGNORECASE
    ),
    re.compile(r".*\((?:.{1,20}(?:摄|供图)|供图|资料图.{0,10})\)?"),
    re.compile(
        r"(?:Text|Story|Words|Reporting|Report|Photos?)?(?: and photos?)?\s*[Bb]y [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}(?:,? (?:in [A-Z]\w+|[A-Z][\w ]{2,30}))?"
    ),
    re.compile(
        r".{0,120}(?:\((?:left|right|centre|center|front|back|second|third|far)[^()]{0,20}\)|\bfrom left\b|\bpictured\b|front row|左起|前排|合影(?:留念)?$|现场图).{0,120}"
    ),
    re.compile(r"(?:Compiled|Edited|Translated|Reported|Reporting|Written|Prepared) by .{2,60}", re.IGNORECASE),
    re.compile(
        r"[(\[【]?(?:本报|本网|本刊|新华社|中新社|校报|学生)?(?:见习|实习|特约|特派)?(?:记者|通讯员|编辑|责编|摄影|撰文|撰稿|文图|图文|文|图)[ /、:][^,。;]{2,30}"
    ),
    re.compile(r"[\W\d]*"),
)
PUBLISHED = re.compile(
    rf"[\[(]?(?:(?:publish|post|updat|releas|issu)\w*|date|time|{ZH_LABEL}|source|by|story)[^:|]{{0,12}}[:|]|[^:]{{0,40}}\|",
    re.IGNORECASE,
)
DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\.?,? \d{{4}}|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|"
    r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}日?)"
)
DATE_LINE = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[a-z]*,? )?{DATE}(?:[ ,|]*(?:at )?\d{{1,2}}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?)?"
    rf"(?:\s*\|.*|\s+(?:来源|Source|浏览|点击|By|阅读|作者|字号).*|\s*[|/·-]\s*(?:News|新闻|[A-Z][\w ]{{0,40}}))?",
    re.IGNORECASE,
)
SOME_DATE = re.compile(DATE, re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)")
MONTH_DAY = re.compile(
    rf"(?P<m1>{MONTH})\.? (?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{MONTH})|"
    r"(?P<m3>\d{1,2})\s*[-./月]\s*(?P<d3>\d{1,2})",
    re.IGNORECASE,
)
EN_DATELINE = re.compile(
    r"(?:(?:[A-Z][A-Za-z' ]{2,24}|[A-Z]{3,}(?:[ ,/]+[A-Z][A-Za-z']+){0,4}),? )?(?:\(?[A-Z][A-Za-z ]{2,20}\)?,? )?"
    rf"(?:\(?(?:{DATE}|{MONTH}\.? \d{{1,2}}|\d{{1,2}} {MONTH})\)?)?(?:,? [A-Z][a-z]+(?: [A-Z][a-z]+)?)?"
    r"\s*(?:\([A-Z][\w' /.-]{1,30}\)|\[[A-Z][\w' /-]{1,30}\]|/[A-Z][\w ]{2,20}/)?\s*(?:--?|:)\s+(?=[A-Z\"'])",
    re.IGNORECASE,
)
ZH_DATELINE = re.compile(
    r"[(【\[]?(?:[一-鿿A-Za-z+]{2,12}(?:讯|电)|本报|本网|讯)[^()。,、]{0,24}?(?:\d{1,2}月)?(?:\d{1,2}日)?[^()。,、]{0,6}?(?:电|讯|消息|报道)?[)】\]]?\s*"
    r"(?:\((?:[^()]{0,6}(?:记者|通讯员|特约|实习)[^()]{0,60})\))?[:,\s-]*"
    r"|[(【\[][一-鿿]{2,8}(?:\d{1,2}月)?\d{1,2}日[讯电][)】\]]\s*"
    r"|[(【\[](?:[^()]{0,6}(?:记者|通讯员)[^()]{0,60})[)】\]]\s*[:,]?"
    r"|(?:记者|通讯员)\s?[一-鿿]{2,4}(?:\s?(?:通讯员|、)\s?[一-鿿]{2,4})*\s?(?:[^。,]{0,10}报道)[:,]?"
)
CITY_NAMES = {name for name, _key in gazetteer()}
PLACED = re.compile(
    r"(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+)*(?:(?:, |/)[A-Z][a-z]+(?: [A-Z][a-z]+)*)?) ?(?:\([A-Z][\w ]{1,20}\) ?)?(?:--?|:) (?=[A-Z\"])"
)
INLINE = (
    re.compile(r"\[(?:\d{1,3}|[a-z])\]"),
    re.compile(
        r"\((?:Photos?|Picture|Image|Caption|File photo|Pictured|See photo)[^()]{0,200}\)|\[(?:Photo|Picture|Image|Caption)[^\[\]]{0,300}\]",
        re.IGNORECASE,
    ),
    re.compile(
        r"[(\[](?:图|图片|照片|图为|上图|下图)[^()\[\]]{0,120}[)\]]|\([^()]{1,20}(?:摄|供图)\)|\((?:[^()]{0,6}(?:记者|通讯员|编辑)[^()]{0,60})\)|\(完\)"
    ),
    re.compile(r"https?://[^\s，。；)）]+"),
)


SHORT_LINE = 60
EVENT_LINE = re.compile(r"\b(?:day|dates?|duration|period|when|itinerary)\b|第.{1,3}[天日]|日程|行程", re.IGNORECASE)
LABELLED = re.compile(r"(?:date|日期|时间)\s?:\s?", re.IGNORECASE)


def _is_of_publication(text: str, place: int, count: int) -> bool:
    """A short line with one whole date, above or below the report: when it was published, and where or by whom."""
    if len(text) > SHORT_LINE or text.endswith((".", "。")) or not (place < FIRST_LINES or place >= count - 3):
        return False
    found = list(SOME_DATE.finditer(text))
    if len(found) != 1 or EVENT_LINE.search(LABELLED.sub("", text)):
        return False
    rest = text[: found[0].start()] + text[found[0].end() :]
    return not re.search(r"\d+ ?(?:-|to|至|到)|(?:-|to|至|到) ?\d|[一-鿿]{9}|(?:[A-Za-z]+\W+){8}|[|]", rest)


def clear(paper: Paper) -> None:
    """Blank out what is no report, keep the year it gives, and find the headline."""
    spans, blank = list(lines(paper.body)), list[tuple[int, int]]()
    _headline(paper, spans)
    for place, (start, end) in enumerate(spans):
        if paper.title and (start, end) == paper.title:
            continue
        text = paper.body[start:end]
        of_publication = _is_of_publication(text, place, len(spans))
        if (
            of_publication
            or DATE_LINE.fullmatch(text)
            or (len(text) < 600 and any(one.fullmatch(text) for one in NOISE))
        ):
            if of_publication or DATE_LINE.fullmatch(text) or PUBLISHED.match(text) or re.fullmatch(r"[\W\d]*", text):
                _note(paper, text)
            blank.append((start, end))
            continue
        blank += _dateline(paper, start, end)
        blank += [match.span() for pattern in INLINE for match in pattern.finditer(paper.body, start, end)]
    if paper.title:
        paper.years += [int(one) for one in YEAR.findall(paper.body, *paper.title)]
        blank.append(paper.title)
    paper.body = _blanked(paper.body, blank)


RUNNING = re.compile(
    r"(?:[A-Z][\w-]+(?: [A-Z&][\w-]*)?|[一-鿿]{2,6}|.{0,40}\b(?:newsletter|bulletin|press release|media release|news release|news in brief|for immediate release|issue \d+|vol(?:ume|\.) ?\d+)\b.{0,30}|(?:news|press|events|highlights|latest)|"
    r".{0,16}(?:简报|快讯|新闻稿|工作动态|要闻|新闻中心|通讯稿)(?:第\d+期)?|第\d+期.{0,12}|【[^】]{2,8}】|\[[^\]]{2,12}\])",
    re.IGNORECASE,
)


def _headline(paper: Paper, spans: list[tuple[int, int]]) -> None:
    kept = []
    for start, end in spans[:FIRST_LINES]:
        text = paper.body[start:end]
        if not (DATE_LINE.fullmatch(text) or any(one.fullmatch(text) for one in NOISE)):
            kept.append((start, end))
    kept = [one for one in kept if not _is_of_publication(paper.body[slice(*one)], 0, 1)]
    if not kept or len(spans) < 2:
        return
    if len(kept) > 2 and RUNNING.fullmatch(paper.body[slice(*kept[0])]):
        kept = kept[1:]
    start, end = kept[0]
    label = re.match(r"(?:#+\s*|(?:Title|Headline|标题|题目)\s*:\s*)", paper.body[start:end], re.IGNORECASE)
    if label:
        start += label.end()
    text = paper.body[start:end]
    ends = text.endswith((".", "。", ";", ":", ",")) and not re.search(r"\b(?:Co|Ltd|Inc|[A-Z])\.$", text)
    if end - start <= HEADLINE and not ends and "。" not in text and any(one > (start, end) for one in spans[1:]):
        paper.title = start, end


def _dateline(paper: Paper, start: int, end: int) -> list[tuple[int, int]]:
    """Where the dateline stands at the beginning of a line, if there is one."""
    placed = PLACED.match(paper.body, start, min(end, start + 80))
    if placed and any(name in CITY_NAMES for name in re.split(r", |/", placed["place"])):
        return [placed.span()]
    for pattern in (EN_DATELINE, ZH_DATELINE):
        match = pattern.match(paper.body, start, min(end, start + 140))
        if match and len(match[0].strip()) > 3 and _is_dateline(match[0], pattern is ZH_DATELINE):
            _note(paper, match[0])
            return [match.span()]
    return []


def _is_dateline(text: str, chinese: bool) -> bool:
    if chinese:
        return bool(re.search(r"[讯电]|记者|通讯员|报道|消息", text))
    return bool(
        SOME_DATE.search(text)
        or MONTH_DAY.search(text)
        or re.search(r"[(\[/][A-Z]", text)
        or re.match(r"[A-Z' ,]{4,}", text)
    )


def _note(paper: Paper, text: str) -> None:
    """The day on which it was published, as far as the text gives it."""
    years = [int(one) for one in YEAR.findall(text)]
    rest = YEAR.sub("", text)
    found = MONTH_DAY.search(rest) or MONTH_DAY.search(re.sub(r"\d{4}\s*[-./年]\s*", "", text))
    month = day = 0
    if found:
        name = found["m1"] or found["m2"]
        month = month_number(name) if name else int(found["m3"])
        day = int(found["d1"] or found["d2"] or found["d3"])
    if years:
        paper.years += years[:1]
    if years or month:
        paper.published.append((years[0] if years else 0, month, day))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spaces in place of these."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)
