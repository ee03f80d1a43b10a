"""What can be done with a record beside saving it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Action:
    """With ``href`` a link, else a button that saves first."""

    label: Any
    name: str = ""
    href: str = ""
    loud: bool = False
    danger: bool = False
