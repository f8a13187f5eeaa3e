"""What of the list's address was passed over, said gently: nothing is wrong with what is shown."""

from cases.filters import CaseFilter

PASSING = ("page", "count", "facets")  # parameters of one look at the list, not of what it shows


def remarks_of(found: CaseFilter) -> list[str]:
    known = {*found.form.fields, *PASSING}
    remarks = [
        f"No filter is called “{name}”: it changes nothing." for name in found.data.keys() - known
    ]
    page = found.data.get("page", "")
    if page and not page.isdecimal() and page != "last":
        remarks.append(f"“{page}” is no page: this is the first one.")
    return sorted(remarks)
