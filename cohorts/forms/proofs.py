"""A certificate of completion, by link or as a file; and the facilitator's word on it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cohorts.rules.proofs import LARGEST_BYTES, FileKind, ProofRefusal, file_kind
from cohorts.words import PROOF_REFUSALS


class ProofForm(forms.Form):
    """One of the two: a file whose content is a PDF, PNG or JPEG, or a link to the provider."""

    file = forms.FileField(
        label=_("Fil"),
        required=False,
        help_text=_("PDF, PNG eller JPEG, högst 5 MB."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.png,.jpg,.jpeg", "class": "govuk-file-upload"}
        ),
    )
    link = forms.URLField(
        label=_("Länk"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Till exempel till beviset hos den som ger kursen."),
        widget=forms.URLInput(attrs={"class": "govuk-input--width-20"}),
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return told
        file, link = told.get("file"), told.get("link")
        if bool(file) == bool(link):
            refusal = ProofRefusal.BOTH if file else ProofRefusal.NOTHING
            raise forms.ValidationError(PROOF_REFUSALS[refusal])
        told["content"], told["kind"] = _read(file) if file else (b"", None)
        return told


class ProofCheckForm(forms.Form):
    """What the facilitator says of it; the person reads the note."""

    note = forms.CharField(
        label=_("Något till personen?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _read(file: "UploadedFile[Any]") -> tuple[bytes, FileKind]:
    if file.size is None or file.size > LARGEST_BYTES:
        raise forms.ValidationError({"file": PROOF_REFUSALS[ProofRefusal.TOO_LARGE]})
    content = file.read()
    kind = file_kind(content)
    if kind is None:
        raise forms.ValidationError({"file": PROOF_REFUSALS[ProofRefusal.NO_SUCH_KIND]})
    return content, kind
