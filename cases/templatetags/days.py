"""Days and moments as the pages write them: Django's `date` takes ten times as long for each."""

from datetime import date, datetime

from django import template

register = template.Library()


@register.filter
def weekday(day: date | None) -> str:
    """ "Thu 2026-11-26"; "" for none."""
    return f"{day:%a %Y-%m-%d}" if day else ""


@register.filter(expects_localtime=True)
def minute(moment: datetime | None) -> str:
    """ "2026-11-26 09:05" in the site's time zone; "" for none."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
