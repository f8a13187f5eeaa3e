"""The upload form, several files in one field; and a note."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

NOTE_LONGEST = 5_000  # characters


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of files. Empty ones pass: intake answers for each file by name."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Note", max_length=NOTE_LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class UploadForm(forms.Form):
    files = SeveralFilesField(  # type: ignore[assignment] # the name is the address's
        label="Letters",
        allow_empty_file=True,
        max_length=None,
        widget=SeveralFilesInput(attrs={"accept": ".pdf,.txt,.zip,application/pdf,text/plain"}),
        help_text="PDF or text files, or ZIPs of them. Each file is checked by itself.",
        error_messages={"required": "Choose at least one file."},
    )
    # From the drop zone, which sends many files in several requests.
    batch = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    of = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)


class TokenForm(forms.Form):
    LASTING = [("90", "90 days"), ("30", "30 days"), ("365", "A year"), ("", "Until revoked")]

    name = forms.CharField(max_length=80, label="What will use it")
    lasts = forms.ChoiceField(choices=LASTING, required=False, label="Valid for", initial="90")

    @property
    def days(self) -> int | None:
        return int(self.cleaned_data["lasts"] or 0) or None
