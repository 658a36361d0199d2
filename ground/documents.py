"""A tagged PDF that a screen reader can read, from values and one of our templates."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parent / "document.typ"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; ``caption`` says what they are."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list within a list, and what hangs below it."""

    text: str
    below: Sequence["Item"] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: a heading, paragraphs, pairs of what and what it is, a list, tables.

    ``level`` is 2 for a part of the part before it.
    """

    heading: str
    paragraphs: Sequence[str] = ()
    pairs: Sequence[tuple[str, str]] = ()
    items: Sequence[Item] = ()
    tables: Sequence[Table] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """What stands in a PDF, top to bottom; all of it plain words, never markup."""

    title: str
    language: str
    lead: str = ""
    sections: Sequence[Section] = field(default_factory=tuple)
    foot: str = ""


def amount_text(amount: Decimal | None, unit: str) -> str:
    """Return an amount as it is written in Sweden, "11 000,50 kr"; nothing for None."""
    if amount is None:
        return ""
    figures = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",").removesuffix(",00")
    return f"{figures}\u00a0{unit}"


def pdf_of(document: Document, *, at: datetime) -> bytes:
    """Return the document as PDF/UA-1; the same words at the same moment give the same bytes.

    Typst refuses what is not PDF/UA-1. Values go in as data: nothing that somebody has typed is
    read as markup (docs/decisions/0016-typst-makes-the-pdf.md).
    """
    import typst  # noqa: PLC0415 -- 7 MB that most web workers never need

    values: Mapping[str, str] = {"document": json.dumps(asdict(document), ensure_ascii=False)}
    return typst.compile(  # type: ignore[no-any-return, unused-ignore]  # its stubs say too little
        TEMPLATE,
        sys_inputs=dict(values),
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
