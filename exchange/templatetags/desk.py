"""The desk's words for its templates."""

from typing import Any

from django import template

from exchange.desk import words
from exchange.lib import differences

register = template.Library()

for tag in (words.flag, words.state, words.row_parts):
    register.simple_tag(tag)
for filter_ in (words.day, words.weekday, words.days):
    register.filter(filter_)
register.simple_tag(differences.together, name="word_differences")


@register.simple_tag
def conflict_at(field: Any) -> Any:
    """The two versions of a field of a form's page, where two people changed it."""
    bound = field.field
    return getattr(getattr(bound, "form", None), "conflicts", {}).get(getattr(bound, "name", None))
