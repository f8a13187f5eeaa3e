"""The reader: a letter's text in, a frozen Determination out. No Django, no clock, no settings."""
