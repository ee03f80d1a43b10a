"""What part an organisation, a state or a city plays in a Chinese sentence."""

import re

STOP, SENDER, ASIDE, DEFAULT = "stop", "sender", "aside", "default"
BEFORE = (
    (
        STOP,
        r"参观|走访|访问|考察|参访|到访|调研|来到|走进|前往|赴|抵达|飞抵|莅临|拜访|拜会|观摩|探访|造访|游览|体验|会见|座谈|会面|会谈|交流|转往|转赴|走入|进入|对接|洽谈|签署|签约|接待|听课|"
        r"(?<!曾)[在到至](?=[^,;。]*$)|到达|来访|做客|实地|站是|站为|目的地|地点|落地",
    ),
    (SENDER, r"来自|代表团成员|团员|组派|派出"),
    (
        ASIDE,
        r"毕业于|就读于|就读|毕业|任职于|曾在|早年|隶属|原为|前身|借鉴|类似|引进|引入|计划|拟于?|将于?|希望|期待|愿(?:意)?与|合作(?:伙伴|院校|企业|项目|办学)|携手|联合(?:培养|办学|建立|共建)|共建|友好院校|姊妹|与之|"
        r"此前|去年|曾于|曾|出访|送往|输送|供应|提供|服务|捐赠|收购|总部(?:位于|设在)|依托|由|根据|按照|对比|相比|校友|留学|考取|录取|受聘|兼任|返回|回到|来源|据|为",
    ),
)
TRIGGERS = [(label, re.compile(pattern)) for label, pattern in BEFORE]
BEHIND = re.compile(
    r"(?:\([^()]{1,20}\))?(?:[、和及与][^,;。]{2,40}?)?(?:[^,;。、]{0,8}?)(?:举行|召开|启动|闭幕|开幕|举办|结业|座谈|交流|会谈|会见|接待|迎来|热情|签署|签约|参观|考察|观摩|体验|听取|学习|落下帷幕|拉开帷幕|会面|听课|实训基地|展厅|实训室|校园|校区|生产线|总部|企业家)"
)
OWN_PEOPLE = re.compile(
    r"(?:\([^()]{1,20}\))?(?:[一-鿿]{0,6})?(?:代表团|一行|访问团|考察团|交流团|研修团|师生|组团|派员|派出|率团|率队|等校派)"
)
STUDIED = re.compile(r"(?:就读|毕业|任教|任职|工作过|攻读|深造|读书|留学|求学|获得|取得)")
SENDERS = re.compile(
    r"(?:[、和及与][^,;。]{2,80}?)?等?(?:\d*[所家个]?)?(?:院校|高校|学校|单位|校)?(?:派员|选派|派出|组成|组团|参团|抽调)"
)
EARLIER = re.compile(r"去年|此前|曾于|早在|[前去]年|自?20\d\d年(?:以来|起)|往年|历届|上一届|首届")
LATER = re.compile(r"将于|拟于|计划|明年|下一[期届步]|今后|未来")
ORGANISE = r"(?:联合|共同|具体|合作|携手)*(?:主办|承办|协办|举办|合办|发起|组织|牵头|策划|筹办|组团|实施)"
LIST = r"[^,;。:!?]{2,120}?"
BY = re.compile(rf"由(?P<list>{LIST})(?P<role>{ORGANISE})")
SUBJECT = re.compile(
    rf"^(?:\([^()]{{1,20}}\))?(?:于[^,;。]{{2,24}}?)?(?:在[^,;。]{{2,10}}?)?(?:成功|圆满|顺利)?(?P<role>{ORGANISE})(?![地者单委机])"
)
LABEL = re.compile(
    r"(?P<role>(?:主办|承办|协办|联合主办|组织|发起|牵头)(?:单位|方|机构)|(?:主办|承办|协办))\s?:(?P<list>[^。;\n]{2,160})"
)
INVITED = re.compile(r"[应受](?P<list>[^,;。]{2,60}?)(?:的)?(?P<role>邀请)")
INVITES = re.compile(
    r"(?P<role>邀请|组织|率领)[^,;。]{0,30}(?:使馆|使节|外交官|官员|校长|教师|院校|国家)[^,;。]{0,40}(?:赴|走进|访问|考察|参访|开展|参加)"
)
SUPPORT = re.compile(rf"(?:在(?P<list>{LIST})(?:的)?(?P<role>支持|指导)下)")
EVENT = re.compile(r"活动|考察|访问|研修|培训|交流|论坛|之行|行|参访|班|营|对话|周|项目|调研")
TAKES_PART = re.compile(
    r"(?:等)?(?![^,;。]{0,6}(?:合作|开展|举办|学习|培养|办学|市场|项目|建立|文化|留学|分享))(?:(?:[东盟]*[\d一二三四五六七八九十两]+个?(?:东盟)?(?:国家|成员国|国)|(?:东盟)?国家|等国|国)的?)?(?:的|共)?(?:[\d一二三四五六七八九十两百余多]+[名位家所]?(?:来自)?)?(?:[一-鿿]{0,8}?)?"
    r"(?:驻华|驻[一-鿿]{2,4}|使馆|大使|公使|参赞|领事|外交官|官员|代表(?!处)|校长|院长|教师|师资|学者|使节|专家|青年|嘉宾|负责人|代表团|访问团|考察团|管理者|干部|学员|技术人员|工程师|记者|议员|部长|派员|派出|组团|参会|参加|与会|参训|(?:院校|高校|学校|教育部|政府|企业|学院|大学)[^,;。]{0,12}?(?:校长|院长|代表|派|组团|参加|官员|负责人|教师|管理|干部|司长|部长|处长|率))"
)
STUDENTS = re.compile(r"[^,;。、]{0,8}(?:留学生|学生|毕业生|市场|公司|分校|校区|籍|语|劳工|工人|员工)")
GOING = re.compile(
    r"(?:赴|访问|前往|走访|出访|在|抵达|到|飞往|与|为|同|向|对|到访|走进|来到|回到|至|返回|[一-鿿]{0,4}之旅)$"
)
GOAL = re.compile(r"(?:赴|访问|前往|走访|出访|抵达|飞往|飞抵|到访|走进|来到)$")
ABBREVIATED = {
    "泰": "TH",
    "越": "VN",
    "老": "LA",
    "柬": "KH",
    "缅": "MM",
    "马": "MY",
    "新": "SG",
    "菲": "PH",
    "文": "BN",
}
ABROAD = re.compile(r"(?:赴|出访|在|抵)(?P<state>[泰越老柬缅马新菲文])(?=[访考学交参研招期]|开展)")
STATE_LABEL = re.compile(r"(?:^|\n)\s*(?:\d+[.、)]\s*|[(]\d+[)]\s*|[①-⑳·-]\s*)?$")
CITY_BEFORE = re.compile(
    r"(?:在|赴|抵达|抵|到达|到|来到|走进|前往|访问|走访|参访|飞抵|飞往|转赴|转往|转至|移师|至|考察|探访|游览|进|落地|覆盖|涵盖|辗转|途经地|停留|首都|历经|跨越|亮相|相聚|齐聚|走读|感知|行至|了|中国|[省区]|泰国|越南|老挝|柬埔寨|马来西亚|印度尼西亚|印尼|菲律宾|缅甸|文莱|东帝汶|广西|广东|云南|贵州|四川|江苏|浙江|山东|福建|湖南|湖北|河南|河北|陕西|安徽|江西|海南|甘肃|辽宁|吉林|黑龙江|山西|青海|宁夏|新疆|西藏|内蒙古|于|访)$"
)
CITY_AFTER = re.compile(
    r"(?:市|[、和及与][一-鿿]{2,6}?)?(?:等地|两市|两地|三地|三市|四市|五市|站)?(?:举行|启动|落下帷幕|举办|闭幕|开幕|参访(?!团)|考察(?!团)|调研(?!团)|参观|访问(?!团)|召开|学习|研修(?!团)|开展|之行|行(?![业政李])|站|交流(?!团)|举行)"
)
CITY_NOT = re.compile(
    r"(?:从|由|自|经|经由|途经|返回|回到|驻|位于|地处|籍|来自|离开|飞离|多数来自|出生于|曾在|毕业于|距|距离|连接|与|出访|返)$"
)
CITY_NOT_AFTER = re.compile(
    r"(?:市?(?:人民政府|教育局|外办|外事|商务|政府|副?市长|总领|领事|使馆|籍|人|至|话|菜|时间|路|港口岸|宣言|共识|大道|转机|出发|大学|学院|日报|晚报|电视|广播|商会|分行|分校|教学点|分公司|号|开往|机场|共识|倡议|国际机场))"
)


CITY_END = re.compile(
    r"市|[、,。;:()\"|\s!?]|[和及与等两三举召开启落闭参考调访学研之行站的同后期观出拜会转并停集报结正圆隆走游一为进感体]|$"
)


def before(text: str, place: int) -> str:
    """The part that the nearest words before a place tell, within its clause or a clause before it."""
    nearest = (-1, "")
    for label, pattern in TRIGGERS:
        for match in pattern.finditer(text, max(0, place - 60), place):
            nearest = max(nearest, (match.end() * 10 + (label == STOP), label))
    return nearest[1]


def clause(text: str, place: int) -> tuple[int, int]:
    """The clause in which a place lies."""
    start = max((text.rfind(sign, 0, place) for sign in ",;。:!?"), default=-1) + 1
    ends = [found for found in (text.find(sign, place) for sign in ",;。:!?") if found >= 0]
    return start, min(ends, default=len(text))


def quoted(text: str, place: int) -> bool:
    """Whether the place lies in a longer text in quotation marks."""
    marks = [match.start() for match in re.finditer('"', text)]
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return any(start < place < end and end - start > 16 for start, end in pairs)
