"""What members of a group type: questions and marks on lessons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.queries.participants import LessonSeen
from cohorts.rules import AnswerKind
from cohorts.words import ANSWERS_TO_GIVE


class QuestionForm(forms.Form):
    """A question, or a thought, for the next meeting."""

    text = forms.CharField(
        label=_("Vad vill du ta upp på nästa träff?"),
        max_length=1000,
        help_text=_("Handledaren och gruppen ser frågan, men inte vem som ställde den."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lesson = forms.ChoiceField(label=_("Gäller lektionen"), required=False)

    def __init__(self, *args: Any, lessons: Sequence[LessonSeen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", _("Hela kursen"))]
        choices += [(str(seen.lesson.pk), str(seen.lesson)) for seen in lessons]
        field = self.fields["lesson"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = choices


class AnswerForm(forms.Form):
    """How somebody takes part in one meeting."""

    answer = forms.ChoiceField(
        label=_("Kommer du?"), choices=list(ANSWERS_TO_GIVE.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, is_digital: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_digital:
            field = self.fields["answer"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = [
                choice for choice in ANSWERS_TO_GIVE.items() if choice[0] != AnswerKind.ON_SITE
            ]
