"""What of the list's address was passed over, said gently: nothing is wrong with what is shown."""

from cases.filters import CaseFilter

PASSING = ("page", "count", "facets")  # parameters of one look at the list, not of what it shows

ONLY = {"count": "all", "facets": "show"}


def remarks_of(found: CaseFilter) -> list[str]:
    """After the page: it tells whether all of the letters were looked through."""
    known = {*found.form.fields, *PASSING}
    remarks = [
        f"No filter is called “{name}”: it changes nothing." for name in found.data.keys() - known
    ]
    page = found.data.get("page", "")
    if page and not page.isdecimal() and page != "last":
        remarks.append(f"“{page}” is no page: this is the first one.")
    for name, word in ONLY.items():
        if found.data.get(name, word) != word:
            remarks.append(f"“{name}” takes the word “{word}” only: it changes nothing.")
    if found.partly:
        remarks.append(
            f"Only the {found.partly:,} latest of these decisions were looked through: to find all "
            "that have, or lack, the words as asked takes too long. Another filter, such as a "
            "year, leads to earlier ones; an export has them all."
        )
    return sorted(remarks)
