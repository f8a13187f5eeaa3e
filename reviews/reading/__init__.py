"""The reader: a letter's text in, a frozen Determination out. No Django, no clock, no settings."""

from reviews.reading import text
from reviews.reading.letters import is_determination, read_all
from reviews.reading.reader import VERSION, read
from reviews.reading.shape import as_json

__all__ = ["VERSION", "as_json", "is_determination", "read", "read_all", "text"]
