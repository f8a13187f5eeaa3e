"""Invents page numbers as letters print them."""

from random import Random

FORMS = ("Page(s): {}", "Page(s): {}", "Page(s): {}", "Page(s) {}", "pages {}", "pg. {}", "page {}")


def cited_pages(rng: Random, first: int, last: int) -> tuple[str | None, str]:
    """Pages inside `first` to `last`, bare and as printed after a name; (None, "") for none."""
    if rng.random() < 0.2:
        return None, ""
    return printed(rng, spread(rng, first, last))


def stray_pages(rng: Random) -> tuple[str, str]:
    """Pages that no guideline of those years has: odd, but printed."""
    return printed(rng, str(rng.randint(460, 690)))


def printed(rng: Random, pages: str) -> tuple[str, str]:
    form = rng.choice(FORMS)
    if ("-" in pages or "," in pages) and form in ("page {}", "pg. {}"):
        form = "pages {}"
    if "-" in pages and rng.random() < 0.12:
        pages = pages.replace("-", "–")
    comma = "" if form.startswith("Page(s):") else ","
    return pages, f"{comma} {form.format(pages)}"


def spread(rng: Random, first: int, last: int) -> str:
    """ "308", "64-66", "300-305, 308" or "98, 99", within the two."""
    if last == first:
        return str(first)
    start = rng.randint(first, last - 1)
    end = min(last, start + rng.randint(1, 5))
    shape = rng.choice(("one", "range", "range", "two", "range and one"))
    if shape == "one":
        return str(start)
    if shape == "two" and end > start:
        return f"{start}, {end}"
    if shape == "range and one" and last > end + 1:
        return f"{start}-{end}, {rng.randint(end + 1, min(last, end + 9))}"
    return f"{start}-{end}"
