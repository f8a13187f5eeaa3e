"""How tries to read a letter end, and why files are refused: closed lists of codes."""

from typing import NamedTuple


class Code(NamedTuple):
    """`ours` tells a fault of this system, worth another try, from one of the letter."""

    sentence: str
    next_step: str
    ours: bool = False


# What an attempt's code may be besides those of `CODES`.
GOOD = {"": "Running.", "read": "Read.", "scan": "A scan: handed on to be recognised."}

# Why a letter was not read.
CODES = {
    "needs-password": Code(
        "The PDF is locked with a password.",
        "Open it with its password, save it without one, and upload that file.",
    ),
    "no-text": Code(
        "The PDF holds pictures of pages, and no text could be recognised on them.",
        "Ask for the original file, or scan the letter again, straight and at 300 dpi.",
    ),
    "ocr-off": Code(
        "The PDF is a scan, and the recognition of scans (OCR) is switched off here.",
        "Ask for the original file, or ask whoever runs this system to switch OCR on.",
    ),
    "not-a-determination": Code(
        "The file is no Independent Medical Review determination, or one of a form not known here.",
        "Open the file and check that it is the right one.",
    ),
    "too-many-pages": Code(
        "The PDF has more pages than any determination letter.",
        "Split it, and upload the letters one by one.",
    ),
    "too-much-text": Code(
        "The file expands to far more text than any letter.",
        "Check that it is the right file.",
    ),
    "damaged": Code(
        "The PDF is damaged and cannot be opened.",
        "Get the file again from where it came from, and upload that.",
    ),
    "timed-out": Code(
        "Reading took too long and was stopped.",
        "Try again. If it happens again, print the file to a new PDF and upload that.",
    ),
    "out-of-memory": Code(
        "Reading needed more memory than a letter may take, and was stopped.",
        "Print the file to a new PDF and upload that.",
    ),
    "crashed": Code(
        "The file crashed the program that opens files.",
        "Print the file to a new PDF and upload that.",
    ),
    "extractor-killed": Code(
        "The program that opens files was killed from outside, perhaps for want of memory.",
        "Nothing to do unless it happens again: then tell whoever runs this system.",
        ours=True,
    ),
    "gave-up": Code(
        "The reader stopped in the middle of this letter every time, so it was set aside.",
        "Try again. If it happens again, tell whoever runs this system.",
        ours=True,
    ),
    "reader-lost": Code(
        "The reader stopped in the middle of this letter.",
        "Nothing to do: the letter is read again.",
        ours=True,
    ),
    "cancelled": Code(
        "Somebody cancelled it before it was read.",
        "Retry to have it read, or delete it.",
    ),
    "database": Code(
        "The database could not be reached while the letter was being read.",
        "Nothing to do unless it happens again: the letter is read again.",
        ours=True,
    ),
    "storage": Code(
        "The stored file could not be opened, or is not what arrived.",
        "Tell whoever runs this system, then try again.",
        ours=True,
    ),
    "internal": Code(
        "Something went wrong in this system while reading.",
        "Try again. If it happens again, tell whoever runs this system: the details are recorded.",
        ours=True,
    ),
}


# Why a file is not taken, with what to tell the person who sent it.
REFUSALS = {
    "empty": "The file is empty.",
    "too-large": "The file is larger than {limit}, far more than any letter.",
    "cut-off": "The PDF is cut off: its end is missing. Get the file again.",
    "no-letter": "The file is neither a PDF nor text.",
    "not-stored": "The file could not be stored. Tell whoever runs this system, then try again.",
    "unreadable-file": "The file cannot be opened here.",
    "zip-empty": "The ZIP holds no files.",
    "zip-damaged": "The ZIP is damaged and cannot be opened.",
    "zip-too-many": (
        "The ZIP holds {count} files; at most {limit} are taken at once. Nothing of it was taken."
    ),
    "zip-too-large": "The ZIP expands to more than is taken at once. Nothing was taken.",
    "zip-locked": "The ZIP is locked with a password.",
    "zip-link": "It is a link, not a file.",
    "zip-bomb": "It expands far more than a letter would.",
    "zip-entry-damaged": "It is damaged inside the ZIP.",
    "zip-nested": "A ZIP inside a ZIP is not opened. Upload it by itself.",
}
