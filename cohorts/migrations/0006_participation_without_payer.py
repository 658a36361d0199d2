"""Who pays stands on the fee."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [('cohorts', '0005_fees_from_participations')]

    operations = [
        migrations.RemoveField(model_name="participation", name="payer"),
        migrations.RemoveField(model_name="participation", name="invoice_to"),
    ]
