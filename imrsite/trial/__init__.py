"""The trial run: servers of its own for trying and testing, and the processes of `make run`.

Nothing here runs in production: docs/production.md.
"""
