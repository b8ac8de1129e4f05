"""The keyword table as it starts."""

from django.db import migrations

from channels_app import seed_keywords


def plant(apps, schema_editor):
    """Rows that are not there yet, for offices that are."""
    offices = dict(apps.get_model("people", "Office").objects.values_list("slug", "pk"))
    rule_model = apps.get_model("channels_app", "RoutingRule")
    rule_model.objects.bulk_create(
        [
            rule_model(
                office_id=offices[slug],
                words=words,
                pattern=pattern,
                points=points,
                decides=decides,
            )
            for slug, words, pattern, points, decides in seed_keywords.rows()
            if slug in offices
        ],
        ignore_conflicts=True,
    )


def uproot(apps, schema_editor):
    """The seeded rows, also where their points were changed."""
    rule_model = apps.get_model("channels_app", "RoutingRule")
    for slug, words, pattern, _points, _decides in seed_keywords.rows():
        rule_model.objects.filter(office__slug=slug, words=words, pattern=pattern).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0002_receipt_sequence"),
        ("people", "0003_seed_offices"),
    ]
    operations = [migrations.RunPython(plant, uproot)]
