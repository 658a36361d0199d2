"""The words in other languages: found, merged, checked, compiled."""

import gettext
import os
from pathlib import Path

import pytest

from regai.messages.compiling import compile_stale
from regai.messages.extraction import used_in
from regai.messages.faults import faults_of, placeholders
from regai.messages.parts import HEADER, key_of, merged, read_parts

pytestmark = pytest.mark.pure

PAGE = """
    {% load i18n %}
  {% if x %}<h1 title="it's">{% translate "Kurser" %}</h1>
{% endif %}
      {% blocktranslate trimmed count n=places %}
        {{ n }} plats
      {% plural %}
        {{ n }} platser
      {% endblocktranslate %}
  {% translate "Maj" context "månad" %} {% blocktranslate %}50 % av {{ sum }}{% endblocktranslate %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Kurser")
B = ngettext("en träff", "%(n)s träffar", 2) % {"n": 2}
C = pgettext("månad", "Maj")
D = _(
    "Hej "
    "{name}"
)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "app/migrations").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "templates/app").mkdir(parents=True)
    for unread in ("app/__init__.py", "tests/__init__.py"):
        (tmp_path / unread).touch()
    (tmp_path / "app/words.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "app/migrations/0001.py").write_text("_('not this')", encoding="utf-8")
    (tmp_path / "tests/test_x.py").write_text("_('nor this')", encoding="utf-8")
    (tmp_path / "templates/app/page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def parts_of(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.po").write_text(HEADER + text, encoding="utf-8")
    return folder


def test_every_msgid_of_code_and_templates_is_found_once_with_its_files(root: Path) -> None:
    assert {
        (message.id, message.context): [place for place, _line in message.locations]
        for message in used_in(root)
        if message.id
    } == {
        ("Kurser", None): ["app/words.py", "templates/app/page.html"],
        (("en träff", "%(n)s träffar"), None): ["app/words.py"],
        ("Maj", "månad"): ["app/words.py", "templates/app/page.html"],
        ("Hej {name}", None): ["app/words.py"],
        (("%(n)s plats", "%(n)s platser"), None): ["templates/app/page.html"],
        ("50 %% av %(sum)s", None): ["templates/app/page.html"],
    }


def test_the_merged_file_is_sorted_and_the_same_every_time(root: Path) -> None:
    parts = read_parts(parts_of(root / "parts", a='msgid "Kurser"\nmsgstr "Courses"\n'))
    first, second = (merged(used_in(root), parts) for _ in range(2))
    assert first == second
    assert [line for line in first.decode().splitlines() if line.startswith("msgid ")] == [
        'msgid ""',
        'msgid "%(n)s plats"',
        'msgid "50 %% av %(sum)s"',
        'msgid "Hej {name}"',
        'msgid "Kurser"',
        'msgid "Maj"',
        'msgid "en träff"',
    ]


def test_complete_parts_have_no_faults(root: Path) -> None:
    parts = read_parts(
        parts_of(
            root / "parts",
            a='msgid "Kurser"\nmsgstr "Courses"\n\nmsgctxt "månad"\nmsgid "Maj"\nmsgstr "May"\n',
            b='msgid "Kurser"\nmsgstr "Courses"\n\nmsgid "Hej {name}"\nmsgstr "Hi {name}"\n\n'
            'msgid "en träff"\nmsgid_plural "%(n)s träffar"\n'
            'msgstr[0] "a meeting"\nmsgstr[1] "%(n)s meetings"\n\n'
            'msgid "%(n)s plats"\nmsgid_plural "%(n)s platser"\n'
            'msgstr[0] "%(n)s place"\nmsgstr[1] "%(n)s places"\n\n'
            'msgid "50 %% av %(sum)s"\nmsgstr "50 %% of %(sum)s"\n',
        )
    )
    assert faults_of(used_in(root), parts) == []


def test_each_kind_of_fault_is_one_sentence(root: Path) -> None:
    parts = read_parts(
        parts_of(
            root / "parts",
            a='msgid "Kurser"\nmsgstr "Courses"\n\nmsgid "Hej {name}"\nmsgstr "Hi {nam}"\n\n'
            'msgid "Borta"\nmsgstr "Gone"\n\n#, fuzzy\nmsgid "50 %% av %(sum)s"\nmsgstr "half"\n',
            b='msgid "Kurser"\nmsgstr "Classes"\n\n'
            'msgid "en träff"\nmsgid_plural "%(n)s träffar"\n'
            'msgstr[0] "a meeting"\nmsgstr[1] "meetings"\n\n'
            'msgid "%(n)s plats"\nmsgstr "%(n)s place"\n',
        )
    )
    assert faults_of(used_in(root), parts) == [
        "app/words.py, templates/app/page.html: 'Maj' has no English text",
        "b.po: 'Kurser' has another text in a.po",
        "parts/a.po: 'Borta' is used nowhere",
        "parts/a.po: 'Hej {name}' and its text have different placeholders: 'Hi {nam}'",
        "parts/b.po: '%(n)s plats' is plural in one place and not in the other",
        "parts/b.po: 'en träff' and its text have different placeholders: 'meetings'",
        "templates/app/page.html: '50 %% av %(sum)s' has no English text",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100 % i dag", {}),
        ("100 %% säkert", {}),
        ("%%(name)s", {}),
        ("%(a)s och %(a)s", {"%(a)s": 2}),
        ("%(sum).2f kr", {"%(sum).2f": 1}),
        ("%s av %d", {"%s": 1, "%d": 1}),
        ("{} {name} {when:%d}", {"{}": 1, "{name}": 1, "{when:%d}": 1, "%d": 1}),
    ],
)
def test_placeholders(text: str, found: dict[str, int]) -> None:
    assert dict(placeholders(text)) == found


def test_a_part_that_cannot_be_read_is_a_fault(root: Path) -> None:
    folder = parts_of(root / "parts", a='msgid "Kurser"\nmsgtr "x"\n')
    assert [fault.split(":")[0] for fault in read_parts(folder).faults] == ["a.po"]


def test_only_a_stale_catalogue_is_compiled(root: Path) -> None:
    folder = root / "locale/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    parts = read_parts(parts_of(root / "parts", a='msgid "Kurser"\nmsgstr "Courses"\n'))
    po, mo = folder / "django.po", folder / "django.mo"
    po.write_bytes(merged(used_in(root), parts))
    assert compile_stale(root / "locale") == [mo]
    assert compile_stale(root / "locale") == []
    later = mo.stat().st_mtime_ns + 1_000_000_000
    os.utime(po, ns=(later, later))
    assert compile_stale(root / "locale") == [mo]
    assert sorted(file.name for file in folder.iterdir()) == ["django.mo", "django.po"]
    with mo.open("rb") as file:
        texts = gettext.GNUTranslations(file)
    assert [texts.gettext("Kurser"), texts.gettext("Maj"), texts.ngettext("a", "b", 0)] == [
        "Courses",
        "Maj",
        "b",
    ]


def test_a_key_is_the_singular_and_the_context(root: Path) -> None:
    assert sorted(key_of(message)[0] for message in used_in(root)) == [
        "",
        "%(n)s plats",
        "50 %% av %(sum)s",
        "Hej {name}",
        "Kurser",
        "Maj",
        "en träff",
    ]
