"""Files made to do harm, each with the code that it must end with.

They are put together by hand here, object by object. No two of the same kind are the same file:
every maker takes a number and leaves it in the file.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pypdf

from tests.letters import letter

PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>>>"
FONT = b"/Font<</F 5 0 R>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 12 Tf 72 700 Td (%s) Tj ET"
HARMLESS = WORDS % (b"Nothing in this file says anything about a determination. " * 3)


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % table


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


def one_page(content: bytes, *more: bytes, resources: bytes = FONT, catalog: bytes = b"") -> bytes:
    root = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog
    return pdf([root, PAGES, PAGE % resources, content, HELVETICA, *more])


def empty(number: int) -> bytes:
    return b""


def executable(number: int) -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8 + b"%d" % number


def first_half(number: int) -> bytes:
    whole = one_page(stream(HARMLESS + b"%d" % number))
    return whole[: len(whole) // 2]


def half_with_an_end(number: int) -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0" + b" %d\n%%%%EOF\n" % number


def password(number: int) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(612, 792)
    writer.encrypt(f"secret {number}", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def many_pages(number: int) -> bytes:
    count = 10_000 + number
    kids = b" ".join(b"%d 0 R" % n for n in range(3, count + 3))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    pages = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, *[page] * count])


def flate_bomb(number: int) -> bytes:
    """600 MB of text operators in less than a megabyte."""
    packer = zlib.compressobj(9)
    once = b"(%d words) Tj " % number * 70_000
    packed = b"".join(packer.compress(once) for _ in range(600)) + packer.flush()
    return one_page(stream(packed, b"/Filter/FlateDecode"))


def nested_filters(number: int) -> bytes:
    data = b"0" * 50_000_000 + b"%d" % number
    for _ in range(3):
        data = zlib.compress(data, 9)
    return one_page(stream(data, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def page_tree_loop(number: int) -> bytes:
    kids = b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count %d>>" % (number + 2)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", kids])


def reference_loop(number: int) -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R/N %d>>" % number, b"3 0 R", b"2 0 R"])


def xref_loop(number: int) -> bytes:
    made = one_page(stream(HARMLESS + b"%d" % number))
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % made.rindex(b"xref\n0"))


def form_loop(number: int) -> bytes:
    """A drawing that draws itself, twice."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    form = stream(b"/X Do /X Do %% %d" % number, head)
    return one_page(stream(b"/X Do"), form, resources=b"/XObject<</X 6 0 R>>")


def deep_nesting(number: int) -> bytes:
    return one_page(stream(b"%d " % number + b"[" * 900_000 + b"]" * 900_000))


def deep_object(number: int) -> bytes:
    return pdf([b"<</Type/Catalog/Pages %s %d %s>>" % (b"[" * 200_000, number, b"]" * 200_000)])


def font_bomb(number: int) -> bytes:
    """A map of characters to 512 letters each, over and over."""
    rows = b"".join(b"<%04x> <%04x> <%s>\n" % (n, n, b"0041" * 128) for n in range(8000))
    font = b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/ToUnicode 7 0 R"
    font += b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/F>>]>>"
    maps = stream(
        zlib.compress(b"8000 beginbfrange\n" + rows + b"endbfrange"), b"/Filter/FlateDecode"
    )
    text = b"BT /F 1 Tf %% %d\n" % number + b"<%s> Tj " % (b"00410042" * 2000) * 20 + b"ET"
    return one_page(stream(text), font, maps, resources=b"/Font<</F 6 0 R>>")


def operators(number: int) -> bytes:
    return one_page(
        stream(
            zlib.compress(b"q 1 0 0 1 0 0 cm Q " * 900_000 + b"%%%d" % number),
            b"/Filter/FlateDecode",
        )
    )


def script(number: int) -> bytes:
    action = b"/OpenAction<</S/JavaScript/JS(while\\(1\\){app.alert\\(%d\\)})>>" % number
    return one_page(stream(HARMLESS), catalog=action)


def polyglot(number: int) -> bytes:
    """A PDF that is a ZIP as well."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr(f"{number}.txt", letter())
    return one_page(stream(HARMLESS)) + archive.getvalue() + b"\n%%EOF\n"


def picture(number: int) -> bytes:
    return one_page(stream(b"0 0 %d 400 re f" % (100 + number)))


def strange_characters(number: int) -> bytes:
    return (b"Nothing " * 20 + b"\x00 \xed\xa0\x80 \xe2\x80\xae %d " % number) * 2


def endless_text(number: int) -> bytes:
    return b"Again and again %d. " % number * 200_000


# What each must end with; the first four never become a letter.
KINDS: list[tuple[Callable[[int], bytes], str]] = [
    (empty, "empty"),
    (executable, "no-letter"),
    (first_half, "cut-off"),
    (half_with_an_end, "damaged"),
    (password, "needs-password"),
    (many_pages, "too-many-pages"),
    (flate_bomb, "out-of-memory"),
    (nested_filters, "no-text"),
    (page_tree_loop, "damaged"),
    (reference_loop, "damaged"),
    (xref_loop, "not-a-determination"),
    (form_loop, "out-of-memory"),
    (deep_nesting, "no-text"),
    (deep_object, "damaged"),
    (font_bomb, "out-of-memory"),
    (operators, "no-text"),
    (script, "not-a-determination"),
    (polyglot, "not-a-determination"),
    (picture, "no-text"),
    (strange_characters, "not-a-determination"),
    (endless_text, "too-much-text"),
]


def files(count: int) -> Iterator[tuple[str, bytes, str]]:
    """So many names, bytes and codes, of every kind in turn."""
    for number in range(count):
        make, code = KINDS[number % len(KINDS)]
        yield f"{make.__name__}-{number}.pdf", make(number), code
