"""The closed lists of the record."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Format(TextChoices):
    """What sort of exchange a trip is."""

    STUDY_VISIT = "study-visit", _("study visit")
    DAY_VISIT = "day-visit", _("day visit")
    DELEGATION = "delegation", _("delegation visit")
    FAMILIARISATION = "familiarisation", _("familiarisation trip")
    COOPERATION_WEEK = "cooperation-week", _("cooperation week")
    SHORT_COURSE = "short-course", _("short course")


class TripState(TextChoices):
    """Where a trip stands on its way to the public; derived, never stored."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    CHANGES_ASKED = "changes-asked", _("changes asked")
    APPROVED = "approved", _("approved")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    CHANGED = "changed", _("published, newer changes")
    EXPIRED = "expired", _("no longer public")
    WITHDRAWN = "withdrawn", _("withdrawn")


class EditionState(TextChoices):
    """Where an edition stands; derived, never stored."""

    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    OVERTAKEN = "overtaken", _("overtaken")
    EXPIRED = "expired", _("no longer public")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Decision(TextChoices):
    """What a reviewer said about a candidate."""

    OPEN = "", _("none yet")
    CHANGES_ASKED = "changes-asked", _("changes asked")
    APPROVED = "approved", _("approved")


class OrganiserRole(TextChoices):
    """The part an organiser played; the Chinese terms are kept apart, the English ones often are not."""

    INITIATOR = "initiator", _("initiated by")
    ORGANISER = "organiser", _("organised by")
    CO_ORGANISER = "co-organiser", _("co-organised by")
    LOCAL_ORGANISER = "local-organiser", _("local organiser")
    SUPPORTER = "supporter", _("supported by")


class Attendance(TextChoices):
    """How far a delegation has come. Only those that attended are ever public."""

    INVITED = "invited", _("invited")
    CONFIRMED = "confirmed", _("confirmed")
    ATTENDED = "attended", _("attended")
    DECLINED = "declined", _("declined")


class PersonRole(TextChoices):
    """What a person was on the trip."""

    HEAD = "head", _("head of delegation")
    DELEGATE = "delegate", _("delegate")
    STAFF = "staff", _("accompanying staff")


class VisitKind(TextChoices):
    """What sort of stop a visit is."""

    CAMPUS_VISIT = "campus-visit", _("campus visit")
    ENTERPRISE_TOUR = "enterprise-tour", _("enterprise tour")
    SITE_VISIT = "site-visit", _("site visit")
    ROUND_TABLE = "round-table", _("round table")
    DISCUSSION = "discussion", _("discussion")
    CEREMONY = "ceremony", _("ceremony")
    CLASS_OBSERVATION = "class-observation", _("class observation")
    STUDENT_MEETING = "student-meeting", _("student meeting")
    COURTESY_CALL = "courtesy-call", _("courtesy call")
    TRANSFER = "transfer", _("transfer")


class DayPart(TextChoices):
    """The part of a day, where the hour is not recorded."""

    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")


class StatementKind(TextChoices):
    """What somebody said, found, or looks forward to."""

    STATEMENT = "statement", _("statement")
    FINDING = "finding", _("understanding gained")
    OUTLOOK = "outlook", _("outlook")


class OutcomeKind(TextChoices):
    """What came of a trip."""

    FOLLOW_UP = "follow-up", _("topic for follow-up")
    AGREEMENT = "agreement", _("agreement")
    PROGRAMME = "programme", _("joint programme")
    JOINT_STATEMENT = "joint-statement", _("joint statement")


class OutcomeState(TextChoices):
    """How an outcome stands."""

    OPEN = "open", _("open")
    UNDER_WAY = "under-way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class Consent(TextChoices):
    """Why a picture may be shown."""

    NONE = "", _("not recorded")
    CONSENT = "consent", _("consent of those shown")
    GUARDIAN = "guardian", _("consent of a guardian")
    PUBLIC_EVENT = "public-event", _("official record of a public event")
    NO_PERSON = "no-person", _("nobody can be recognised")
    ILLUSTRATION = "illustration", _("illustration, not a photograph")


class Language(TextChoices):
    """The languages a report is written in."""

    ENGLISH = "en", _("English")
    CHINESE = "zh-hans", _("Chinese")


class SourceLanguage(TextChoices):
    """The languages of documents and press coverage."""

    ENGLISH = "en", _("English")
    CHINESE = "zh-hans", _("Chinese")
    MALAY = "ms", _("Malay")
    INDONESIAN = "id", _("Indonesian")
    KHMER = "km", _("Khmer")
    LAO = "lo", _("Lao")
    BURMESE = "my", _("Burmese")
    FILIPINO = "fil", _("Filipino")
    TAMIL = "ta", _("Tamil")
    TETUM = "tet", _("Tetum")
    PORTUGUESE = "pt", _("Portuguese")
    THAI = "th", _("Thai")
    VIETNAMESE = "vi", _("Vietnamese")


class Place(TextChoices):
    """Where a page that staff write is linked."""

    MENU = "menu", _("the menu and the foot of every page")
    FOOTER = "footer", _("the foot of every page")
    NOWHERE = "nowhere", _("nowhere")


class RenditionWidth(IntegerChoices):
    """Widths in pixels at which a photo is served."""

    SMALL = 640
    LARGE = 1280
