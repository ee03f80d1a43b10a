"""The member states of ASEAN, and China, as the software itself knows them: the rows every site begins with.

They lie in a file, so that a text can be read for them where there is no database.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "countries.json"


@lru_cache(maxsize=1)
def records() -> tuple[dict[str, Any], ...]:
    """One record for each country. They are shared: nobody changes them."""
    return tuple(json.loads(FILE.read_text(encoding="utf-8")))
