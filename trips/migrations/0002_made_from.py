"""Translations remember the source text they were made from; of a report only its digest was known so far."""

from django.db import migrations, models

from exchange.lib.canonical import canonical, digest

PARTS = ("headline", "summary", "body")
MODELS = ("trip", "organising", "delegate", "visit", "photo", "document", "statement", "outcome", "report")


def from_digests(apps, schema_editor):
    """What is fresh stays fresh; what is stale stays stale, though the text it was made from is not known any more."""
    reports = apps.get_model("trips", "Report").objects
    english = {one.trip_id: [getattr(one, part) for part in PARTS] for one in reports.filter(language="en").iterator()}
    for one in reports.filter(language="zh-hans", trip__in=english).iterator():
        source = english[one.trip_id]
        is_fresh = one.source_digest == digest(canonical(source))
        made_from = {part: text if is_fresh else "" for part, text in zip(PARTS, source, strict=True) if getattr(one, part)}
        reports.filter(pk=one.pk).update(made_from=made_from)


class Migration(migrations.Migration):
    dependencies = [("trips", "0001_initial")]

    operations = [
        *(
            migrations.AddField(model, "made_from", models.JSONField(default=dict, editable=False))
            for model in MODELS
        ),
        migrations.RunPython(from_digests, migrations.RunPython.noop),
        migrations.RemoveField("report", "source_digest"),
    ]
