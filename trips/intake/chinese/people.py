"""Persons in Chinese sentences: a title before or after the name, in brackets, or a form of address behind it."""

import re

from trips.intake.catalogue import surnames
from trips.intake.chinese.names import BREAKS, begins
from trips.intake.people import Person

POST = (
    "党委副书记|党总支副书记|党委书记|党总支书记|党组书记|副书记|书记|常务副校长|副校长|校长|常务副院长|副院长|院长|董事长|总经理助理|副总经理|总经理|经理|办公室主任|副主任|主任|副处长|处长|副司长|司长|"
    "副部长|部长|副厅长|厅长|副局长|局长|科长|副科长|执行秘书长|副秘书长|秘书长|副会长|会长|副理事长|理事长|副主席|主席|特命全权大使|大使(?!馆|级)|公使衔参赞|公使|参赞衔|参赞|总领事(?!馆)|副总领事|副领事|领事(?!馆)|一等秘书|二等秘书|三等秘书|"
    "一秘|二秘|三秘|随员|专员|武官|代办|首席代表|代表(?!团|处|队|性|了)|副教授|教授|讲师|导师|老师|教师(?!节|队|们|代表)|总工程师|高级工程师|工程师|首席专家|专家|研究员|顾问|负责人|秘书|副团长|团长|领队|总监|副总裁|总裁|首席执行官|创始人|巡视员|"
    "调研员|副市长|市长|副省长|省长|副县长|县长|区长|州长|发言人|联络官|官员|馆长|副所长|所长|督学|主管|副厂长|厂长|董事|翻译|助理(?!师)|协调员|班长|组长|副组长|站长|台长|社长|主编|总编辑|检察长|园长|监事长|部门主管|技师|大师|"
    "负责人|总干事|主任委员|委员|行长|店长|学员代表|学生代表|船长|教练|厨师|主厨|匠人|传承人|副总|老总|导游"
)
LOW = frozenset(
    "代表 教师 老师 学生 学员 留学生 毕业生 专家 翻译 官员 负责人 董事 委员 技师 大师 秘书 顾问 导师 助理 导游 匠人".split()
)
CORE = re.compile(f"(?:{POST})(?:兼[一-鿿]{{0,14}}?(?:{POST}))?(?:[、,](?=[一-鿿]{{0,12}}(?:{POST})[一-鿿·]{{2,}}))?")
VERBS = (
    "表示|说|介绍|指出|强调|认为|率|带队|带领|出席|参加|陪同|主持|致辞|致欢|致以|会见|与|和|及|在|对|为|向|就|代表|等|一行|先生|女士|博士|教授|同志|小姐|阁下|谈|透露|告诉|称|则|也|还|讲|作|做|分享|签|欢迎|感谢|接待|回顾|热情|"
    "全程|共同|分别|围绕|从|以|因|曾|将|是|担任|了|到|前|接受|高度|希望|期待|坦言|宣布|提出|展示|演示|详细|简要|回答|坚信|赠|举|听取|补充|随团|同行|任|带|逐一|亲自|现场|用|把|给|致|坐|表|参与|参观|领|引|回应|答|牵头|发言|发表|"
    "总结|寄语|勉励|评价|赞|连连|笑|不禁|深有|深受|印象|对此|早年|现任|此次|今年|去年|当天|一边|开玩笑|打开|以及|之后|所|都|随即|随后|亦|则对|颁|授|受|率先|迎|组|访|赴|来|抵|应|又|正|已|便|即"
)
AFTER_NAME = re.compile(rf"[,。;、)(:!?\s\"\]\d的]|$|{VERBS}|(?:{POST})")
DOTTED = re.compile(r"[一-鿿]{1,7}(?:[·.][一-鿿A-Za-z]{1,8}){1,4}")
LATIN = re.compile(r"[A-ZÀ-Þ][\w'.-]+(?: (?:[A-ZÀ-Þ][\w'.-]*|bin|binti|de|da|van)){1,5}")
HONOUR = re.compile(r"(?:先生|女士|博士|教授|同志|阁下|小姐|老师|院士)")
NOT_NAMES = re.compile(
    r"^(?:着重|重点|简要|深入|百余|百名|千|向来|向与|向各|向大|向代|向考|向访|和[一-鿿]|于[今此是]|对[此话方]|应邀|连续|别开|计划|关于|全体|全程|方面|安排|安全|高度|高等|时任|金融|马上|任何|任务|项目|成员|代表|支持|温馨|明确|详细|强调|率团|率队|带队|带领|国际|"
    r"都[表对是]|同[志行]|先后|先生|女士|和与|一行|们|等人|等领|及其|首先|首次|公开|热情|亲切|亲自|陪同|出席|参加|会见|介绍|表示|主持|致辞|接待|现场|有关|相关|共同|分别|围绕|指出|认为|希望|来自|负责|能够|更加|通过|利用|"
    r"访问|单位|平台|培训|工作|会议|团队|团组|队伍|论坛|办公|制度|助理|岗位|职务|级别|座谈|行[政列]|交流|学习|培养|双方|各[位国]|东盟|中国|国家|学校|学院|学生|师生|以及|教育|文化|人民|发展|合作|学术|说[,:，]|谈[到及]|讲[解述话])"
)
ABROAD = re.compile(
    r"使馆|领馆|领事|大使|东盟|印尼|印度尼西亚|马来|泰国|越南|老挝|柬埔寨|缅甸|菲律宾|文莱|东帝汶|新加坡|万象|仰光|曼谷|河内|雅加达|金边|马尼拉|外方|外籍"
)


def people(text: str, offset: int) -> list[Person]:
    """The persons of a sentence, in order."""
    found: list[Person] = []
    past = 0
    for match in CORE.finditer(text):
        if match.start() < past:
            continue
        person = _behind(text, match, past) or _before(text, match, past)
        if person:
            past = max(last for _first, last in person.spans())
            behind = re.match(f"(?:{POST})", text[past:])
            past += behind.end() if behind and person.end == past else 0
            found.append(person)
            found += (more := _listed(text, person))
            past = max([past, *(one.end for one in more)])
    for person in (*_in_brackets(text), *_addressed(text)):
        if not any(one.start < person.end and person.start < one.end for one in found):
            found.append(person)
    found.sort(key=lambda one: one.start)
    return [_shifted(one, offset) for one in found]


def _shifted(one: Person, offset: int) -> Person:
    title = (one.title[0] + offset, one.title[1] + offset) if one.title else None
    return Person(one.start + offset, one.end + offset, title, one.sure, one.leads, one.saluted)


def _behind(text: str, match: re.Match[str], past: int) -> Person | None:
    """The person whose name stands right behind a title."""
    start = match.end()
    start += len(re.match(r"(?:之一)?[:\s]?\"?", text[start:])[0])  # type: ignore[index]
    abroad = bool(ABROAD.search(text, max(0, match.start() - 30), match.end()))
    end = _name_end(text, start, low=match[0] in LOW, abroad=abroad)
    if not end:
        return None
    title = _title(text, match, past)
    leads = bool(re.match(r"(?:先生|女士|博士)?(?:率|带队|带领(?!.{0,4}参观)|任团长|担任团长)", text[end:])) or (
        "团长" in text[max(0, title[0] - 4) : title[1]] and "副团长" not in text[title[0] : title[1]]
    )
    return Person(start, end, title, True, leads, True)


def _name_end(text: str, start: int, *, low: bool, abroad: bool = False) -> int:
    """The end of a name of a person that begins there; 0 where none does."""
    latin = LATIN.match(text, start)
    if latin:
        return latin.end()
    dotted = DOTTED.match(text, start)
    if dotted:
        return _dotted_end(text, start, dotted)
    if NOT_NAMES.match(text[start : start + 4]):
        return 0
    return _chinese_end(text, start) or (_adopted_end(text, start) if abroad and not low else 0)


def _chinese_end(text: str, start: int) -> int:
    """The end of a family name and one or two characters; 0 where the words behind do not fit."""
    single, double = surnames()
    first = 2 if text[start : start + 2] in double else 1 if text[start : start + 1] in single else 0
    for given in (2, 1) if first else ():
        end = start + first + given
        if len(text) < end or not AFTER_NAME.match(text, end) or not re.fullmatch(r"[一-鿿]+", text[start:end]):
            continue
        if given == 2 and text[end - 1] in "与和及等在对率为向就说称将也还则并" and AFTER_NAME.match(text, end - 1):
            continue
        if given == 2 and re.fullmatch(VERBS, text[end - 2 : end]):
            continue
        return end
    return 0


def _adopted_end(text: str, start: int) -> int:
    """The end of the Chinese name of somebody from abroad, which may begin with any character."""
    name = ADOPTED.match(text, start)
    return name.end() if name and _is_foreign(name[0]) else 0


ADOPTED = re.compile(
    r"[一-鿿]{2,7}?(?=[,。;、)(:!?\s\"]|$|先生|女士|博士|一行|表示(?!意)|介绍|说|率|等|与(?!会)|和|出席|陪同|参加|对|向|在|会见|致辞|致谢|代表)"
)


def _dotted_end(text: str, start: int, match: re.Match[str]) -> int:
    """A name with points ends before the verb that follows it."""
    end = match.end()
    last = max(text.rfind(sign, start, end) for sign in "·.") + 1
    for place in range(last + 2, end + 1):
        if AFTER_NAME.match(text, place):
            return place
    return end


def _is_foreign(name: str) -> bool:
    return not re.search(
        r"[的了是在等们各多所家名位]|大学|学院|学校|公司|使馆|集团|国家|教育|文化|交流|合作|代表|介绍|表示|会议|活动|参观|团|人员|单位|部门|同志|领导|负责|工作|会[见谈]|座谈|率|陪同|签|出席|以上|以下|及|将|应|曾|为|级|班|们|论坛|协会|培训|讲话|致|先后|一行|和|与|热情|共|对|向",
        name,
    )


def _title(text: str, match: re.Match[str], past: int) -> tuple[int, int]:
    start = begins(text, match.start(), past)
    owner = re.match(
        r"(?:校|院|馆|司|企业|集团|公司|厅|所|部|中心|县|市|省|团|会|社|台|报|系)的?", text[start : match.start()]
    )
    if owner and text[start - 1 : start] in {"该", "本", "我", "其"} and owner.end() <= match.start() - start:
        start += owner.end()
    while True:
        own = re.match(
            r"(?:该|本|我|其)(?:校|院|馆|司|企业|集团|公司|厅|所|部|中心)的?|(?:现任|时任|原|分别由|特邀|东道主|主人)|[①-⑳\d]+[.、)]\s?|团长(?:为|是)|的",
            text[start : match.start()],
        )
        if not own:
            break
        start += own.end()
    before = re.search(rf"(?P<more>[一-鿿]{{0,20}}(?:{POST}))[、]$", text[past:start])
    if before and text[start : start + 1] not in BREAKS:
        first = begins(text, past + before.end() - 1, past)
        if first < start - 1 and re.search(rf"(?:{POST})$", text[first : start - 1]):
            start = first
    return start, match.end()


def _before(text: str, match: re.Match[str], past: int) -> Person | None:
    """The person whose name stands right before a title: 史忠俊秘书长."""
    if match[0] in LOW or not re.match(
        r"[,。;、)(:!?\s\"]|$|表示|说|介绍|指出|强调|率|一行|在|对|向|与|和|出席|致辞|主持|代表|会见|等",
        text[match.end() :],
    ):
        return None
    dotted = re.search(r"[一-鿿]{1,7}(?:·[一-鿿]{1,8}){1,4}$", text[past : match.start()])
    if dotted:
        return Person(past + dotted.start(), match.start(), match.span(), False, False, False)
    single, double = surnames()
    for size in (3, 2, 4):
        start = match.start() - size
        if start < past:
            continue
        name = text[start : match.start()]
        ok = (name[:2] in double and size > 2) or (size < 4 and name[0] in single)
        if (
            ok
            and re.fullmatch(r"[一-鿿]+", name)
            and (start == 0 or text[start - 1] in BREAKS or text[start - 1] in "和与及由向在对心学院司会部厅局处校馆团")
            and not NOT_NAMES.match(name)
            and not re.search(r"[校院馆司部厅局处长副党总常心学会团]", name)
        ):
            return Person(start, match.start(), match.span(), False, False, False)
    return None


def _listed(text: str, one: Person) -> list[Person]:
    """Others that share the title: 副校长王强、李红."""
    found = []
    place = one.end
    title = text[one.title[0] : one.title[1]] if one.title else ""
    while title and text[place : place + 1] in {"、", "和"}:
        end = _name_end(text, place + 1, low=True)
        if (
            not end
            or not (AFTER_NAME.match(text, end))
            or re.match(f"(?:{POST})", text[end:])
            or CORE.match(text, place + 1)
        ):
            break
        if (
            re.search(f"[校院厅局处司部]|{POST}", text[place + 1 : end])
            or text[end : end + 1] == "("
            or (re.match(r"[一-鿿]{2,}", text[end:]) and not re.match(VERBS, text[end:]))
        ):
            break
        found.append(Person(place + 1, end, one.title, True, False, True))
        place = end
    return found


def _in_brackets(text: str) -> list[Person]:
    """李少华(某学院副校长)."""
    found = []
    for match in re.finditer(
        rf"(?P<name>[一-鿿·]{{2,10}})(?:\s?[A-Z][\w ]{{2,30}})?\((?P<title>[^()]{{0,30}}(?:{POST}))\)", text
    ):
        start = begins(text, match.end("name"), match.start("name"))
        name = text[start : match.end("name")]
        single, double = surnames()
        if "·" in name or (2 <= len(name) <= 3 and name[0] in single) or name[:2] in double:
            found.append(Person(start, match.end("name"), match.span("title"), True, False, True))
    return found


def _addressed(text: str) -> list[Person]:
    """王明先生 without a title."""
    found = []
    single, _double = surnames()
    for match in HONOUR.finditer(text):
        dotted = re.search(r"[一-鿿]{1,7}(?:·[一-鿿]{1,8}){1,4}$", text[: match.start()])
        if dotted:
            start = begins(text, match.start(), dotted.start())
            found.append(Person(start, match.start(), None, True, False, True))
            continue
        for size in (3, 2):
            start = match.start() - size
            name = text[max(0, start) : match.start()]
            if (
                start >= 0
                and name[0] in single
                and (start == 0 or text[start - 1] in BREAKS or text[start - 1] in "和与及由向在对是")
                and not NOT_NAMES.match(name)
                and not re.search(f"[校院长]|{POST}", name)
            ):
                found.append(Person(start, match.start(), None, True, False, True))
                break
    return found
