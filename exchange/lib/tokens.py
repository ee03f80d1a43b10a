"""Random public identifiers: they say nothing about what they stand for."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def random_id() -> str:
    """Twelve characters from an alphabet without look-alikes, about 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
