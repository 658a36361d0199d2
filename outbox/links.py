"""Links in letters: named in the row, signed at delivery, stored nowhere.

A link says what it is for (purpose), which row it opens, the row's generation (raising it makes
older links void) and the last day it works. The token is an HMAC over these under the site's
secret key; whoever opens the page proves nothing but to hold the letter.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.core import signing

EPOCH = date(2020, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a letter. ``path`` holds ``{token}`` where the token goes."""

    purpose: str
    row: int
    generation: int
    last_day: date
    path: str

    def stored(self) -> dict[str, str | int]:
        """Return the link as plain values, without any secret."""
        return {**asdict(self), "last_day": self.last_day.isoformat()}

    @classmethod
    def from_stored(cls, kept: dict[str, str | int]) -> "Link":
        """Return what ``stored`` gave."""
        return cls(
            purpose=str(kept["purpose"]),
            row=int(kept["row"]),
            generation=int(kept["generation"]),
            last_day=date.fromisoformat(str(kept["last_day"])),
            path=str(kept["path"]),
        )

    def signed_path(self) -> str:
        """Return the path with its token in it; a path without a place for one is left as it is."""
        if "{token}" not in self.path:
            return self.path
        days = (self.last_day - EPOCH).days
        token = _signer(self.purpose).sign(f"{self.row}.{self.generation}.{days}")
        return self.path.replace("{token}", token)


def page(path: str) -> Link:
    """Return a plain link to a page behind the log-in: it carries no token and never ends."""
    return Link(purpose="page", row=0, generation=0, last_day=date.max, path=path)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a genuine token names. Whether the generation still holds, only the row can tell."""

    row: int
    generation: int
    last_day: date

    def has_ended(self, on: date) -> bool:
        """Return whether the link's last day lies before ``on``."""
        return on > self.last_day


class ForgedLink(Exception):
    """The token was not made here for this purpose."""


def opened(token: str, *, purpose: str) -> Opened:
    """Return what ``token`` names.

    :raises ForgedLink: if it was not signed here for ``purpose``.
    """
    try:
        row, generation, days = _signer(purpose).unsign(token).split(".")
        return Opened(int(row), int(generation), EPOCH + timedelta(days=int(days)))
    except (signing.BadSignature, ValueError, OverflowError) as wrong:
        raise ForgedLink(purpose) from wrong


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(sep=".", salt=f"regai.link.{purpose}")
