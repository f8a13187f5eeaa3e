"""The filtered list as files to take away: what is in them, how each format is written, and how
those that take longer than a page may be written in the background."""
