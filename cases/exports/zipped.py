"""A ZIP in pieces, written as it is sent: the rows, then a file that says what they are."""

import zipfile
from collections.abc import Callable, Iterator

LEVEL = 1  # of deflate: three times as quick as the usual one, and the file hardly larger


class _Pipe:
    """What zipfile writes, taken out piece by piece; it cannot seek, so zipfile does not try."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, data: bytes) -> int:
        self.held += data
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def close(self) -> None:
        """Nor anything to close."""

    def take(self) -> bytes:
        data = bytes(self.held)
        self.held.clear()
        return data


def zip_pieces(name: str, pieces: Iterator[bytes], about: Callable[[], str]) -> Iterator[bytes]:
    """`about` is asked when the rows are through, so that it knows how many they were."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        with archive.open(name, "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
                if data := pipe.take():
                    yield data
        archive.writestr("about.txt", about())
    yield pipe.take()
