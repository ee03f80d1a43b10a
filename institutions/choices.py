"""The closed lists of the address book."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The five sections of the address book."""

    HOST = "host", _("host institution")
    ENTERPRISE = "enterprise", _("enterprise partner")
    EMBASSY = "embassy", _("embassy")
    ORGANISER = "organiser", _("organiser")
    MEDIA = "media", _("media outlet")


class Type(TextChoices):
    """What an organisation is, more exactly than its section says."""

    UNIVERSITY = "university", _("university")
    VOCATIONAL_UNIVERSITY = "vocational-university", _("vocational university")
    POLYTECHNIC = "polytechnic", _("polytechnic")
    COLLEGE = "college", _("college")
    SCHOOL = "school", _("school")
    IO_CENTRE = "io-centre", _("international organisation centre")
    COMPANY = "company", _("company")
    EMBASSY = "embassy", _("embassy")
    CONSULATE = "consulate", _("consulate")
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental organisation")
    ASSOCIATION = "association", _("association")
    AUTHORITY = "authority", _("public authority")
    NEWSPAPER = "newspaper", _("newspaper")
    BROADCASTER = "broadcaster", _("broadcaster")
    NEWS_SITE = "news-site", _("news site")
    AGENCY = "agency", _("news agency")


TYPES: dict[str, tuple[Type, ...]] = {
    Kind.HOST: (
        Type.UNIVERSITY,
        Type.VOCATIONAL_UNIVERSITY,
        Type.POLYTECHNIC,
        Type.COLLEGE,
        Type.SCHOOL,
        Type.IO_CENTRE,
    ),
    Kind.ENTERPRISE: (Type.COMPANY,),
    Kind.EMBASSY: (Type.EMBASSY, Type.CONSULATE),
    Kind.ORGANISER: (
        Type.INTERGOVERNMENTAL,
        Type.ASSOCIATION,
        Type.AUTHORITY,
        Type.UNIVERSITY,
        Type.COMPANY,
    ),
    Kind.MEDIA: (Type.NEWSPAPER, Type.BROADCASTER, Type.NEWS_SITE, Type.AGENCY),
}


class NameKind(TextChoices):
    """What a further name is. Variants serve matching only and are never shown to the public."""

    FORMER = "former", _("former name")
    ALIAS = "alias", _("also known as")
    ACRONYM = "acronym", _("acronym or short name")
    VARIANT = "variant", _("variant, for matching only")


class NameLanguage(TextChoices):
    """The languages a name can be written in."""

    ENGLISH = "en", _("English")
    CHINESE = "zh-hans", _("Chinese")
