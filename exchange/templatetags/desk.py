"""The desk's words for its templates."""

from django import template

from exchange.desk import words
from exchange.lib import differences

register = template.Library()

for tag in (words.flag, words.state, words.row_parts, differences.word_differences, differences.markup_differences):
    register.simple_tag(tag)
for filter_ in (words.day, words.moment, words.weekday, words.days):
    register.filter(filter_)
