"""A file that is not taken."""

from cases.codes import REFUSALS


class Refused(Exception):
    """A code of `REFUSALS`, and its sentence for the person who sent the file."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(REFUSALS[code].format(**words))
        self.code = code
