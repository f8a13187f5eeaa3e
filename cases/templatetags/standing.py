"""How letters stand, for templates that no view of ours fills."""

from django import template
from django.conf import settings

from cases.models import Letter
from cases.standing import nobody_reads as look

register = template.Library()


@register.simple_tag
def letter_counts() -> list[tuple[str, str, int]]:
    """Each state: its key, its words and how many letters are in it."""
    counts = Letter.objects.state_counts()
    return [(state.value, str(state.label), counts[state.value]) for state in Letter.State]


@register.simple_tag
def nobody_reads() -> int:
    """The seconds after which nobody has taken up a letter that waits; 0 while all is well."""
    return settings.READERS_SILENT if look() else 0
