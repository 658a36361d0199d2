"""Two planned meetings at once for one leader or one room are refused by the database itself.

PostgreSQL only: exclusion constraints over (who, time), held back to the end of a transaction that
asks for it, so that meetings can change places. SQLite has one writer at a time, so there the check
in the action is enough. Two meetings that clash already stop the migration with their numbers: call
one off or hand it over, and run it again.
"""

from django.db import migrations

SPAN = (
    "tsrange(starts_at AT TIME ZONE 'UTC',"
    " (starts_at AT TIME ZONE 'UTC') + duration_minutes * interval '1 minute')"
)
CONSTRAINTS = {
    "meeting_leader_once_at_a_time": ("facilitator_id", ""),
    "meeting_room_once_at_a_time": ("room_id", " AND room_id IS NOT NULL"),
}
CLASHES = """
    SELECT one.id, other.id FROM cohorts_meeting one JOIN cohorts_meeting other
    ON one.id < other.id AND one.facilitator_id = other.facilitator_id
    AND one.state = 'scheduled' AND other.state = 'scheduled'
    AND one.starts_at < other.starts_at + other.duration_minutes * interval '1 minute'
    AND other.starts_at < one.starts_at + one.duration_minutes * interval '1 minute'
    ORDER BY one.id, other.id
"""


class MeetingsClash(Exception):
    """Somebody leads two planned meetings at once."""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(CLASHES)
        clashes = cursor.fetchall()
    if clashes:
        raise MeetingsClash(f"meetings led by one person at the same time: {clashes}")
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for name, (who, more) in CONSTRAINTS.items():
        schema_editor.execute(
            f"ALTER TABLE cohorts_meeting ADD CONSTRAINT {name}"
            f" EXCLUDE USING gist ({who} WITH =, ({SPAN}) WITH &&)"
            f" WHERE (state = 'scheduled'{more}) DEFERRABLE INITIALLY IMMEDIATE"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in CONSTRAINTS:
        schema_editor.execute(f"ALTER TABLE cohorts_meeting DROP CONSTRAINT {name}")


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0007_rooms_hours_and_plans")]

    operations = [migrations.RunPython(refuse, allow)]
