"""Names of things for other programs: they stay the same whatever becomes of titles and addresses."""

import uuid

from django.conf import settings


def identity(*parts: str | int) -> uuid.UUID:
    """The same for the same parts on the same site, and for nothing else."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join([settings.SITE_URL, *map(str, parts)]))


def urn(*parts: str | int) -> str:
    return identity(*parts).urn
