"""Why a letter could not be read: a closed list of codes, each with a sentence and a next step."""

from typing import NamedTuple


class Code(NamedTuple):
    """`ours` tells a fault of this system, worth another try, from one of the letter."""

    sentence: str
    next_step: str
    ours: bool = False


CODES = {
    "needs-password": Code(
        "The PDF is locked with a password.",
        "Open it with its password, save it without one, and upload that file.",
    ),
    "no-text": Code(
        "The PDF holds pictures of pages and no text: it is a scan.",
        "Ask for the original file, or run text recognition on it and upload the result.",
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
        "The file crashed the program that extracts text.",
        "Print the file to a new PDF and upload that.",
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
    "storage": Code(
        "The stored file could not be opened.",
        "Tell whoever runs this system, then try again.",
        ours=True,
    ),
    "internal": Code(
        "Something went wrong in this system while reading.",
        "Try again. If it happens again, tell whoever runs this system: the details are recorded.",
        ours=True,
    ),
}
