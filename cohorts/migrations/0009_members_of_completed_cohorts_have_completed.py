"""Members of cohorts that were completed before this version have completed them too."""

from django.db import migrations
from django.utils import timezone


def complete(apps, schema_editor):
    change = apps.get_model("accounts", "Change")
    seats = apps.get_model("cohorts", "Enrolment").objects.filter(
        state="active", cohort__state__in=["completed", "archived"]
    )
    now = timezone.now()
    change.objects.bulk_create(
        change(
            subject=f"enrolment/{pk}", was="active", became="completed", by="clock", why="", at=now
        )
        for pk in seats.values_list("pk", flat=True)
    )
    seats.update(state="completed")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ('cohorts', '0008_no_double_booking')]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
