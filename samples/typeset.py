"""Sets blocks in lines on pages of Letter paper. PDFs and text dumps are made of these lines."""

from dataclasses import dataclass, field
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from samples.blocks import Block, Break, Heading, Para, Table

WIDTH, HEIGHT = 612.0, 792.0
LEFT, TOP, BOTTOM, MEASURE = 72.0, 72.0, 76.0, 464.0
LEADING = 13.8
FONTS = {(False, False): "Times-Roman", (True, False): "Times-Bold"}
CELL_FONTS = {True: "Helvetica-Bold", False: "Helvetica"}
COLUMNS = (69.0, 176.0, 326.0, 424.0, 548.0)  # left edges of the header's cells, and its right
CELL_HEIGHT = 12.6


@dataclass(slots=True)
class Run:
    """Words of one font that stand together; `x` in points from the left edge of the page."""

    x: float
    text: str
    font: str
    size: float = 12


@dataclass(slots=True)
class SetLine:
    """One line; `y` is its baseline from the page's bottom.

    `ends` tells that a paragraph ends here, `cut` that the line ends in a hyphen within a word.
    """

    y: float
    runs: list[Run]
    ends: bool = False
    cut: bool = False
    cell: str = ""  # "label" or "value" in the header table

    @property
    def text(self) -> str:
        return " ".join(run.text for run in self.runs)


@dataclass(slots=True)
class Page:
    lines: list[SetLine] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float, bool]] = field(default_factory=list)
    marked: bool = False  # carries the mark at its top
    footer: SetLine | None = None


@lru_cache(maxsize=50_000)
def width(word: str, font: str, size: float = 12) -> float:
    return float(stringWidth(word, font, size))


def set_pages(blocks: list[Block], footer: str = "") -> list[Page]:
    """The blocks on pages; `footer` stands with the page's number at the foot of each."""
    press = Press()
    for block in blocks:
        match block:
            case Table():
                press.table(block)
            case Heading():
                press.heading(block)
            case Para():
                press.para(block)
            case Break():
                press.turn(block.first)
    for number, page in enumerate(press.pages, 1):
        if footer:
            text = f"{footer} {number}"
            run = Run(LEFT, text, "Times-Roman", 10)
            page.footer = SetLine(44.0, [run], ends=True)
    return press.pages


class Press:
    """Fills pages from the top down."""

    def __init__(self) -> None:
        self.pages = [Page(marked=True)]
        self.y = HEIGHT - 96

    def turn(self, marked: bool = False) -> None:
        self.pages.append(Page(marked=marked))
        self.y = HEIGHT - (96 if marked else TOP + LEADING)

    def add(self, runs: list[Run], leading: float = LEADING) -> SetLine:
        if self.y < BOTTOM:
            self.turn()
        line = SetLine(self.y, runs)
        self.pages[-1].lines.append(line)
        self.y -= leading
        return line

    def heading(self, block: Heading) -> None:
        if self.y < BOTTOM + 2 * LEADING:
            self.turn()
        self.y -= LEADING * 0.7
        for text in block.text.split("\n"):
            room = MEASURE - width(text, "Times-Bold", block.size)
            left = LEFT + room / 2 if block.centred else LEFT
            line = self.add([Run(left, text, "Times-Bold", block.size)], block.size * 1.15)
        line.ends = True
        self.y -= LEADING * 0.5

    def para(self, block: Para) -> None:
        tokens = [(word, "Times-Bold") for word in words(block.bold)]
        tokens += [(word, "Times-Roman") for word in words(block.text)]
        for runs, cut in broken(tokens):
            line = self.add(runs)
            line.cut = cut
        line.ends = not block.tight
        if not block.tight:
            self.y -= LEADING

    def table(self, block: Table) -> None:
        """The header: labels in grey cells; a label of two lines makes its row higher."""
        page = self.pages[-1]
        for row in block.rows:
            high = max(label.count("\n") + 1 for label, _ in row)
            bottom = self.y - 2.8 - CELL_HEIGHT * (high - 1)
            top = self.y + CELL_HEIGHT - 2.8
            for place in range(4):
                grey = place % 2 == 0 or place // 2 >= len(row)
                page.boxes.append((COLUMNS[place], bottom, COLUMNS[place + 1], top, grey))
            for place, (label, value) in enumerate(row):
                self.cells(label, COLUMNS[2 * place] + 3.6, "label")
                self.cells(value, COLUMNS[2 * place + 1] + 3.6, "value")
            self.y -= CELL_HEIGHT * high
        page.lines[-1].ends = True
        self.y -= LEADING

    def cells(self, text: str, left: float, cell: str) -> None:
        font = CELL_FONTS[cell == "label"]
        for place, part in enumerate(text.split("\n")):
            run = Run(left, part, font, 10)
            line = SetLine(self.y - place * CELL_HEIGHT, [run], cell=cell)
            self.pages[-1].lines.append(line)


def words(text: str) -> list[str]:
    """The words of a text; an empty one stands for a further space, "\\n" for a new line."""
    return text.replace("\n", " \n ").split(" ") if text else []


Token = tuple[str, str]


def broken(tokens: list[Token]) -> list[tuple[list[Run], bool]]:
    """Lines of runs, each with whether it ends in a hyphen within a word."""
    lines: list[tuple[list[Run], bool]] = []
    line: list[Token] = []
    used, pending = 0.0, tokens[::-1]
    while pending:
        word, font = pending.pop()
        if word == "\n":
            lines.append((joined(line), False))
            line, used = [], 0.0
            continue
        space = width(" ", font) if line else 0.0
        need = width(word, font)
        if used + space + need <= MEASURE or (not line and "-" not in word[:-1]):
            line += [(word, font)] if word or line else []
            used += space + need
            continue
        head, tail = split_at_hyphen(word, font, MEASURE - used - space)
        if not head and not line:
            head, tail = word, ""
        if head:
            line.append((head, font))
        if tail:
            pending.append((tail, font))
        lines.append((joined(line), bool(head and tail)))
        line, used = [], 0.0
    if line:
        lines.append((joined(line), False))
    return lines


def split_at_hyphen(word: str, font: str, room: float) -> tuple[str, str]:
    """The longest part up to a hyphen that fits, and the rest; ("", word) when none does."""
    at = len(word)
    while (at := word.rfind("-", 1, at)) > 0:
        head, tail = word[: at + 1], word[at + 1 :]
        if tail and width(head, font) <= room:
            return head, tail
    return "", word


def joined(line: list[Token]) -> list[Run]:
    """The words of a line as runs of one font, with their places."""
    runs: list[Run] = []
    left = LEFT
    for word, font in line:
        if runs and runs[-1].font == font:
            runs[-1].text += " " + word
            left += width(" ", font) + width(word, font)
        else:
            left += width(" ", font) if runs else 0.0
            runs.append(Run(left, word, font))
            left += width(word, font)
    return runs
