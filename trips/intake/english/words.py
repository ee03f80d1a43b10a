"""Words of the genre: heads of institutions' names, titles, salutations."""

import re

from institutions.choices import Kind, Type

# The word at the end (or the beginning) of a name that says what the organisation is.
STRONG = {
    "university": (Kind.HOST, Type.UNIVERSITY),
    "universiti": (Kind.HOST, Type.UNIVERSITY),
    "universitas": (Kind.HOST, Type.UNIVERSITY),
    "universidade": (Kind.HOST, Type.UNIVERSITY),
    "polytechnic": (Kind.HOST, Type.POLYTECHNIC),
    "politeknik": (Kind.HOST, Type.POLYTECHNIC),
    "polytechnics": (Kind.HOST, Type.POLYTECHNIC),
    "college": (Kind.HOST, Type.COLLEGE),
    "kolej": (Kind.HOST, Type.COLLEGE),
    "institut": (Kind.HOST, Type.COLLEGE),
    "smk": (Kind.HOST, Type.SCHOOL),
    "sekolah": (Kind.HOST, Type.SCHOOL),
    "conservatory": (Kind.HOST, Type.UNIVERSITY),
}
WEAK = {
    "institute": (Kind.HOST, Type.COLLEGE),
    "institution": (Kind.HOST, Type.COLLEGE),
    "school": (Kind.HOST, Type.SCHOOL),
    "academy": (Kind.HOST, Type.COLLEGE),
    "akademi": (Kind.HOST, Type.COLLEGE),
    "lyceum": (Kind.HOST, Type.SCHOOL),
    "kindergarten": (Kind.HOST, Type.SCHOOL),
    "centre": (Kind.HOST, Type.IO_CENTRE),
    "center": (Kind.HOST, Type.IO_CENTRE),
    "seminary": (Kind.HOST, Type.COLLEGE),
}
BODIES = {
    **dict.fromkeys(
        "ministry department bureau commission administration authority government office agency directorate board "
        "consulate embassy mission".split(),
        (Kind.ORGANISER, Type.AUTHORITY),
    ),
    **dict.fromkeys(
        "association federation alliance consortium chamber society union network foundation league sisters fund".split(),
        (Kind.ORGANISER, Type.ASSOCIATION),
    ),
    **dict.fromkeys(
        "organization organisation secretariat council committee".split(), (Kind.ORGANISER, Type.INTERGOVERNMENTAL)
    ),
}
FIRMS = frozenset(
    "group company corporation corp co ltd limited inc llc holdings technologies motors motor automobile "
    "automotive industries enterprises bhd berhad sdn plc jsc tbk bank airlines airways semiconductor "
    "semiconductors pharmaceutical pharmaceuticals robotics logistics shipyard steel telecom software systems "
    "foods brewery textile textiles machinery electronics electric intelligent hotel hotels resort bakery factory "
    "plant corporation foodstuff seafood garment breweries cement petrochemical petrochemicals batteries solar "
    "farm farms winery".split()
)
LATE_FIRMS = frozenset("technology tech energy digital network port studio studios".split())
NO_GROUP = re.compile(
    r"\b(?:working|study|focus|steering|expert|tour|task|the|first|second|interest|user) group$", re.IGNORECASE
)
TITLE = (
    r"(?:Secretar(?:y|ies)[- ]General|Under[- ]?Secretary|Permanent Secretary|(?:First|Second|Third|Executive|Party) Secretary|Secretary|"
    r"Directors?[- ]General|Directors?|Presidents?|Vice[- ]Chancellors?|Chancellors?|Rectors?|Provosts?|Deans?|Principals?|Head(?:master|mistress|teacher)s?|Heads?|"
    r"Ministers?[- ]Counsell?ors?|Ministers?|Ambassadors?|Charg[eé] d'Affaires|Consuls?[- ]General|Consuls?|Counsell?ors?|Attach[eé]s?|High Commissioners?|"
    r"Chairm[ae]n|Chairwom[ae]n|Chairpersons?|Chairs?|Managers?|Officers?|Coordinators?|Governors?|Mayors?|Commissioners?|Chiefs?|Superintendents?|Registrars?|"
    r"Lecturers?|Professors?|Instructors?|Engineers?|Architects?|Researchers?|Specialists?|Officials?|Advisers?|Advisors?|Inspectors?|Founders?|CEOs?|COO|CTO|CFO|"
    r"Representatives?|Supervisors?|Administrators?|Trainers?|Teachers?|Curators?|Owners?|Bursars?|Leaders?|Executives?|Captains?|Masters?|Chefs?|Partners?|Assistants?|Consultants?|Delegates?|Pro[- ]Vice|Librarians?|Editors?|Students?|Fellows?|Envoys?|Technicians?|Members?|Spokes(?:wo)?m[ae]n|Spokespersons?|Interpreters?|Translators?|Designers?|Scientists?|Economists?|Analysts?|Guides?)"
)
TITLE_LEAD = (
    r"(?:Vice|Deputy|Assistant|Associate|Acting|Executive|Senior|Chief|Former|Honorary|Founding|General|Managing|Permanent|First|Second|Third|"
    r"Minister|Education|Cultural|Culture|Academic|Pro|Party|Standing|Co|Interim|Incoming|Principal|Lead|Junior|Regional|National|Country|Program(?:me)?|Project|Section|Division|Department|School|College|University|Campus|Training|International|Foreign|Human Resources?|HR|Plant|Factory|Workshop|Operations|Sales|Marketing|Technical|Economic|Commercial|Press|Labou?r|Science|Scientific)"
)
SALUTATION = (
    r"(?:His Excellency|Her Excellency|H\.\s?E\.?|HE|Hon(?:ourable|orable)?\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Mdm\.?|Mme\.?|Madam(?:e)?|Dr\.?|"
    r"Assoc(?:iate|\.)? ?Prof(?:essor|\.)?|Asst\.? ?Prof\.?|Assistant Prof\.?|Emeritus Prof\.?|Prof\.?|Dato'? ?(?:Sri|Seri)?|Datuk(?: Seri| Sri)?|Datin(?: Paduka)?|Tan Sri|Puan Sri|Tun|"
    r"Atty\.?|Fr\.?|Sr\.?|Rev\.?|Engr\.?|Ir\.?|Ts\.?|Drs\.?|Dra\.?|Sister|Brother|Father|Daw|U(?= [A-Z][a-z]+ [A-Z])|Pg\.?|Captain|Tuan|Puan|Encik|Cik|Khun|Pehin|Pengiran|Haji|Hajah|Hajjah|Awang|Dayang|Lt\.?|Gen\.?|Col\.?|Capt\.?|Sir|Dame|Ustaz|Bapak|Ibu|Pak|Oknha|Samdech|Ar\.?|Sis\.?|Bro\.?|Master|Comrade|A/?P)"
)
PARTICLE = r"(?:bin|binti|Bin|Binti|bt\.?|b\.|al|el|de|del|dela|la|van|von|der|ibn|a/l|a/p|A/L|A/P|anak|dos|da|e)"
NAME_WORD = r"(?:[A-Z]\.(?:-?[A-Z]\.)*|Ma\.|[A-ZÀ-ÞĐĀ-Ž][a-zß-ÿđā-žḁ-ỹ]*(?:['-][A-ZÀ-Þa-zß-ÿ][a-zß-ÿḁ-ỹ]+)*(?:[A-Z][a-zß-ÿ]+)?(?![A-Za-zÀ-ỹ'])|[A-ZÀ-ÞĐ]{2,}(?:-[A-Z]{2,})?(?![A-Za-zÀ-ỹ])|Mohd\.|Md\.|Abd\.|Muh\.|Moh\.)"
NAME = rf"{NAME_WORD}(?: ?{NAME_WORD}| {PARTICLE}(?= [A-Z])){{0,6}}"
CLOSED = frozenset(
    "the a an on in at of from to for with by and or but as he she it they we i you this that these those there "
    "here his her their its our my your during after before since until while when where who which what how why "
    "also then later first next finally meanwhile furthermore moreover however both each all many most some "
    "several other another such led accompanied joined organised organized hosted held invited following "
    "according through between among over under about not no yes if so than only more two three four five six "
    "seven eight nine ten earlier once upon besides throughout together alongside representing speaking "
    "addressing welcoming opening closing thanks based given despite now today yesterday tomorrow monday tuesday "
    "wednesday thursday friday saturday sunday january february march april june july august september october "
    "november december jan feb apr jun jul aug sept sep oct nov dec mr mrs ms mdm mme madam dr prof hon".split()
)
# Words at which a run of capitals is cut: what is before or behind them is the name of an organisation.
TITLE_WORD = re.compile(
    r"(?:President|Director|Rector|Dean|Principal|Minister|Ambassador|Secretary|Counsell?or|Attach[eé]|Chancellor|Vice-Chancellor|Provost|"
    r"Professor|Chairman|Chairwoman|Chairperson|Chair|Governor|Mayor|Vice|Deputy|Manager|Officer|Consul|Excellency|Acting|Pro-Vice|Coordinator|"
    r"Specialist|Superintendent|Registrar|Lecturer|CEO|Commissioner|Headmaster|Headmistress)(?:-(?:General|Chancellor|President|Counsell?or))?"
)
