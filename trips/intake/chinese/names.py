"""Names of organisations in Chinese sentences: back from the word that says what they are to where the name begins."""

import re
from collections.abc import Iterator
from itertools import islice

from institutions.choices import Kind, Type
from trips.intake.catalogue import chinese_places
from trips.intake.mentions import Mention

HOSTS = (
    ("职业技术大学|职业大学|职业本科大学", Type.VOCATIONAL_UNIVERSITY),
    ("大学(?![城生堂部])", Type.UNIVERSITY),
    (
        "高等专科学校|高等职业学校|职业技术学校|职业学校|技工学校|技师学院|职业技术学院|职业学院|理工学院|技术学院|师范学院|专科学校|学院(?!派)",
        Type.COLLEGE,
    ),
    ("中等专业学校|中专学校|高级中学|中学|小学|学校|职高|职中|技校|幼儿园|职教中心|职业教育中心", Type.SCHOOL),
    (
        "研究院|研究所|研究中心|培训中心|创新中心|教育中心|发展中心|区域中心|国际中心|交流中心|合作中心|中心(?![区小学城镇校])",
        Type.IO_CENTRE,
    ),
)
FIRMS = (
    "股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|公司|集团(?!公司|股份|有限|总部|化)|重工|银行|大酒店|酒店|工厂|汽车城|代表处|电网|电建|中车|药业|乳业|"
    "控股(?!股东)|实业"
)
BODIES = (
    (
        "人民政府|外事办公室|外办|办公室|委员会|管理局|发展署|(?<=教育|劳动|外交|贸易|培训|科技|文化|旅游|体育|社会|发展|农业|技术)部(?!门|分|长组|队|署|落)|厅(?!局级|级|堂|房)|局(?!面|势|部|限|级)|(?<![公上])司(?![机法令仪])|(?<=流|作|务|外|办|际|事)处(?![于理在长])|开发署",
        Type.AUTHORITY,
    ),
    ("协会|学会|联盟|联合会|基金会|商会|总会|促进会|友协|友好协会", Type.ASSOCIATION),
    ("东盟中心|秘书处|教科文组织|部长组织", Type.INTERGOVERNMENTAL),
    ("使馆|大使馆|领事馆|领馆", Type.EMBASSY),
)
HEADS = [
    *((pattern, Kind.HOST, type_) for pattern, type_ in HOSTS),
    (FIRMS, Kind.ENTERPRISE, Type.COMPANY),
    *((pattern, Kind.EMBASSY if type_ == Type.EMBASSY else Kind.ORGANISER, type_) for pattern, type_ in BODIES),
]
HEAD = re.compile("|".join(f"(?P<h{place}>{pattern})" for place, (pattern, _kind, _type) in enumerate(HEADS)))
BREAKS = ",。;:!?、\"'<>《》【】[]|\n "
MOST = 80  # names in a sentence; what has more is no report
REACH = 30  # characters of a name before its head
CUT = re.compile(
    "实地参观|参观|走访|访问(?!团|学者)|考察(?!团)|参访|到访|来访|调研|来到|走进|前往|抵达|飞抵|飞往|到达|莅临|拜访|拜会|观摩|会见|座谈|走入|进入|造访|探访|游览|体验|转赴|转往|转至|赴|驱车|了解|"
    "以及|代表团|考察团|访问团|研修团|代表(?!处)|一行|师生|们|来自|邀请|签约|携手|联合(?!国|大学|会|职业|学院|技术|汽车|重工)|组织(?!部|技术|秘书|总部)|举办|主办|承办|协办|合办|发起|主持|毕业|任职|就读|"
    "上午|下午|晚上|当天|当日|次日|翌日|当晚|同日|随后|先后|分别|首先|接着|最后|其中|包括|还有|另有|位于|地处|坐落|隶属|作为|通过|围绕|依托|聘请|输送|助力|推动|共建|一同|共同|一道|陪同|率队|率团|参加|出席|"
    "(?<![参赠])与|(?<![呼共饱祥温])和(?!平|谐|县|田|浩特|睦)|(?<![普涉以推惠顾])及(?!时|第)|(?<![大共联协合不相])同(?!济|仁|方|学|心|时|步|行|创|文|煤)|暨(?!南)|"
    "(?<![现存潜])在(?!线|校)|(?<![达得])到|(?<!自)由|(?<![相面针应])对(?!外|接|口|话|标)|(?<![方志导])向(?!阳|上|东|导)|(?<![基关位对由处])于(?!都)|(?<!服)从(?!化|江|业)|(?<![美])的(?!士)|(?<![华因认作成行])为(?!民)|"
    "(?<![高中初平同均])等(?![专学级职离候])|[应受](?=[^用急届,。]{2,30}邀)|(?<!财)经(?![济贸管纬营理过开])|了|(?<!应)该|将|被|日(?![本照喀产])|至|是(?!否)|就(?!业)|获|我(?=[校院])|本(?=[校院])|名(?=[^古校])|"
    "培训(?=基地)"
)
GENERIC = re.compile(
    r"(?:(?:职业|技术|技能|高等|专科|相关|有关|多所|几所|两所|当地|地方|优质|重点|骨干|知名|著名|中国|中方|外方|本地|国内|国外|沿线|东盟|各国|国家|省内|市内|民办|公办|应用型|示范|双高|高职|本科|中职|现代|产业|校企|"
    r"龙头|大型|外资|民营|国有|上市|中资|科技|高新|合作|所在|友好|姊妹|兄弟|对口|结对|承办|主办|培训|实训|实践|教学|学生|教师|研发|展示|体验|服务|创业|孵化|文化|活动|交流|会议|行政|信息|数据|计算|检测|测试|制造|加工|智能|工程|技术|创新|国际|"
    r"[一二两三四五六七八九十\d]+[所家个]?|数|多|部分|其他|其它|另外|一些|所有|全部|主要|不少|许多|特色|行业|骨干|头部|新型|先进|优秀)*)"
)
UNITS = re.compile(
    r"实训中心|体验中心|展示中心|训练中心|工程中心|创新中心|服务中心|活动中心|文化中心|会议中心|数据中心|学生中心|指挥中心|调度中心|研发中心|产业学院|工匠学院|二级学院|国际(?:教育)?学院|继续教育学院|马克思主义学院|书院"
)
STRONG = re.compile(
    r"大学|职业|技术学院|技师学院|理工学院|师范学院|专科学校|工学院|医学院|农学院|商学院|高等|技术培训学院"
)


def mentions(text: str, offset: int) -> Iterator[Mention]:
    """The organisations a sentence names, in order, none within another."""
    past = 0
    for match in islice(HEAD.finditer(text), MOST):
        if match.end() <= past:
            continue
        made = _mention(text, match, past, offset)
        if made:
            past = made.end - offset
            yield made


def begins(text: str, head: int, least: int) -> int:
    """Where a name begins whose head stands there: behind the last sign or word that is no part of a name."""
    first = max(least, head - REACH)
    depth = 0
    for place in range(head - 1, first - 1, -1):
        sign = text[place]
        if sign == ")":
            depth += 1
        elif sign == "(" and depth:
            depth -= 1
        elif sign in BREAKS or sign == "(":
            first = place + 1
            break
    for match in CUT.finditer(text, first, head + REACH):
        if match.end() > head:
            break
        if not _is_within_name(text, match, first):
            first = max(first, match.end())
    while first < head and text[first] in ")":
        first += 1
    return first


BODY_JOINT = re.compile(
    r"(?:教育|文化|劳动|人力资源|科学|工业|经济|对外|商务|高等教育|职业|技术|研究|体育|青年|农业|水利|贸易|信息|旅游|开发|电子|轻工|生物|机电|交通|建筑|艺术|海洋|社会|交流|合作|管理|招生|宣传|学生|人事|财经|饭店|酒店|语言|国际|卫生|医药|金融|能源|铁道|航空|汽车|电气|机械|食品|环境|服装|园林|师资|高教|职教|产业|公共|就业|国土|民族|外事|留学|港澳台)$"
)
BODY_REST = re.compile(
    r"(?:就业|事务|实训|实践|训练|评估|质量|信息化|联络|国际|学生|体育|培训|技能|财经|电气|自动化|航运|能源|环境|运动|商务|开发|服务|设计|合作|旅游|社会|职业|青年|科学|科技|研究|创新|信息|就业|合作|交流|发展|技术|人力|经济|贸易|传播|艺术|文化|教育|高等教育|工程|电力|管理|商业|工业)[^,、。]{0,12}?(?:部|局|厅|司|署|处|科|委员会|办公室|中心|协会|学会|大学|学院|学校)"
)


def _is_within_name(text: str, match: re.Match[str], first: int) -> bool:
    """ "与" and the like in "教育与体育部"."""
    if match[0] not in {"与", "和", "及", "暨"}:
        return False
    return bool(BODY_JOINT.search(text, first, match.start()) and BODY_REST.match(text, match.end()))


def _mention(text: str, match: re.Match[str], past: int, offset: int) -> Mention | None:
    number = next(place for place in range(len(HEADS)) if match[f"h{place}"] is not None)
    _pattern, kind, type_ = HEADS[number]
    start = begins(text, match.start(), past)
    end = _whole(text, match.end(), kind)
    name = text[start:end]
    inner = text[start : match.start()]
    if len(inner) < 2 or re.match(r"学校|全校|校内|院内|校园", inner):
        return None
    if GENERIC.fullmatch(inner) and not _has_place(inner):
        return None
    short = re.match(r"\((?:以下简称|简称|下称)?\"?([^()\"]{2,40})\"?\)", text[end:])
    weak = kind == Kind.HOST and not STRONG.search(name) and not _has_place(name[:6])
    weak = (
        weak
        or bool(UNITS.search(name))
        or (type_ == Type.IO_CENTRE and not re.search(r"国际|联合国|区域|东南亚|东盟|培训|亚洲", name))
    )
    owned = text[max(0, start - 1) : start] in {"的", "其", "该"} and weak
    return Mention(offset + start, offset + end, kind, type_, None, short[1] if short else "", weak, owned)


def _whole(text: str, end: int, kind: str) -> int:
    """The end of a name that goes on behind its head: "集团马来西亚公司", "大学附属中学"."""
    more = None
    if kind == Kind.ENTERPRISE:
        more = re.match(
            r"(?:\([一-鿿]{2,8}\))?[一-鿿]{0,10}?(?:股份有限公司|有限责任公司|有限公司|分公司|代表处|公司)(?!总部)",
            text[end:],
        )
        if more and CUT.search(more[0][:-2]):
            more = None
    elif kind == Kind.HOST:
        more = re.match(
            r"[一-鿿]{2,4}(?:教学点|分校)|(?:附属|[一-鿿]{2,3}校区附属)[一-鿿]{0,8}?(?:中学|小学|学校|医院)|(?<=部长组织)[一-鿿]{0,16}?中心",
            text[end:],
        )
    elif text[:end].endswith(("部长组织", "教科文组织")):
        more = re.match(r"[一-鿿]{2,18}?中心(?!区)", text[end:])
    elif kind == Kind.ORGANISER:
        more = re.match(
            r"[一-鿿]{0,12}?(?:外事办公室|办公室|委员会|中心|协会|司(?!长)|局(?!长)|处(?!长)|署)(?![长])", text[end:]
        )
        if more and any(not _is_within_name(text, one, end) for one in CUT.finditer(text, end, end + more.end())):
            more = None
    return end + (more.end() if more else 0)


def _has_place(words: str) -> bool:
    return bool(chinese_places().find(words))
