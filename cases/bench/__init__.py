"""Measurements against a database of invented rows; never against the real one."""
