"""Why an export could not be written: a closed list of codes."""

from cases.codes import Code

CODES = {
    "writer-lost": Code(
        "The writer stopped in the middle of this export every time, so it was set aside.",
        "Narrow the filters or choose CSV. If it happens again, tell whoever runs this system.",
        ours=True,
    ),
    "timed-out": Code(
        "Writing took too long and was stopped.",
        "Narrow the filters, choose fewer columns, or choose CSV, which is written much faster.",
    ),
    "too-many-rows": Code(
        "An Excel sheet holds 1,048,575 rows below its headings, and there are more.",
        "Choose CSV or JSON lines, or narrow the filters.",
    ),
    "too-large": Code(
        "The workbook grew larger than Excel opens.",
        "Choose CSV or JSON lines, or fewer columns.",
    ),
    "filters": Code(
        "Its filters are no longer understood.",
        "Set them again on the list of cases, and export that.",
    ),
    "no-room": Code(
        "There is no room left where exports are written.",
        "Tell whoever runs this system, then export again.",
        ours=True,
    ),
    "database": Code(
        "The database could not be reached while the export was being written.",
        "Export again.",
        ours=True,
    ),
    "internal": Code(
        "Something went wrong in this system while writing.",
        "Export again. If it happens again, tell whoever runs this system.",
        ours=True,
    ),
}
