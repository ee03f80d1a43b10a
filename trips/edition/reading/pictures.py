"""Pictures, which stand in blocks of their own."""

from exchange.lib.bilingual import choose
from trips.edition import schema
from trips.edition.reading.parts import Picture


def picture(uid: str, one: schema.Picture, language: str) -> Picture:
    """One picture block, read in a language."""
    return Picture(
        uid=uid,
        alt=choose(one["alt"], language),
        caption=choose(one["caption"], language),
        credit=choose(one["credit"], language),
        illustration=one["illustration"],
        focus=one["focus"],
        renditions=one["renditions"],
    )
