"""How many rows are written: the one thing that a writer tells while it writes."""


class Lost(Exception):
    """Somebody cancelled the export, or holds it by now: whatever was written is thrown away."""


class Tally:
    def __init__(self) -> None:
        self.rows = 0
        self.total: int | None = None
        self.lost = False

    def check(self) -> None:
        """To be asked now and then while writing."""
        if self.lost:
            raise Lost
