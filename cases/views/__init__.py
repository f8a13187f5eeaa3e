"""The pages: each view reads from access to answer, and leaves queries to querysets and filters."""
