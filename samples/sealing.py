"""AES-128 encryption for reportlab, as the state's PDFs have it: an empty user password.

reportlab offers RC4, or AES-256 in pure Python; the published letters are AES-128 (V 4, R 4).
Where other writers draw random bytes, these come from the place in the file, so that the same
letter gives the same bytes. It keeps nothing secret, and is not meant to.
"""

from hashlib import md5
from typing import Any

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from reportlab.lib.pdfencrypt import StandardEncryption, StandardEncryptionDictionary, hexText
from reportlab.pdfbase.pdfdoc import DummyDoc, PDFDictionary, PDFName


class Sealed(StandardEncryption):
    """Opens with no password; printing allowed, copying and changing not."""

    def __init__(self) -> None:
        super().__init__("", "sample", canCopy=0, canModify=0, canAnnotate=0, strength=128)
        self.count = 0

    def encode(self, t: bytes | str) -> bytes:
        """The string or stream of the object at hand, encrypted."""
        plain = t.encode("latin-1") if isinstance(t, str) else bytes(t)
        if self.objnum is None:
            return plain
        place = self.objnum.to_bytes(3, "little") + self.version.to_bytes(2, "little")
        key = md5(self.key + place + b"sAlT").digest()
        self.count += 1
        start = md5(place + self.count.to_bytes(4, "little")).digest()
        padder = padding.PKCS7(128).padder()
        cipher = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
        padded = padder.update(plain) + padder.finalize()
        return start + cipher.update(padded) + cipher.finalize()

    def info(self) -> "SealedDictionary":
        return SealedDictionary(
            O=self.O, OE=None, U=self.U, UE=None, P=self.P, Perms=None, revision=4
        )


class SealedDictionary(StandardEncryptionDictionary):
    """The file's encryption dictionary, for AES-128."""

    def format(self, document: Any) -> bytes:
        filtering = {"CFM": PDFName("AESV2"), "AuthEvent": PDFName("DocOpen"), "Length": 16}
        entries = {
            "Filter": PDFName("Standard"),
            "V": 4,
            "R": 4,
            "Length": 128,
            "P": self.P,
            "O": hexText(self.O),
            "U": hexText(self.U),
            "CF": PDFDictionary({"StdCF": PDFDictionary(filtering)}),
            "StmF": PDFName("StdCF"),
            "StrF": PDFName("StdCF"),
        }
        sealed: bytes = PDFDictionary(entries).format(DummyDoc())
        return sealed
