"""What the boroughs do themselves, as it starts."""

from django.db import migrations

from channels_app import seed_duties


def plant(apps, schema_editor):
    """For every borough at once, where the department exists and nobody has said otherwise."""
    offices = dict(apps.get_model("people", "Office").objects.values_list("slug", "pk"))
    duty_model = apps.get_model("channels_app", "BoroughDuty")
    duty_model.objects.bulk_create(
        [
            duty_model(office_id=offices[slug], borough=None, active=active)
            for slug, active in seed_duties.DUTIES
            if slug in offices
        ],
        ignore_conflicts=True,
    )


def uproot(apps, schema_editor):
    """The seeded rows; what was written for one borough stays."""
    slugs = [slug for slug, _active in seed_duties.DUTIES]
    duty_model = apps.get_model("channels_app", "BoroughDuty")
    duty_model.objects.filter(office__slug__in=slugs, borough=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0010_routing"),
        ("people", "0003_seed_offices"),
    ]
    operations = [migrations.RunPython(plant, uproot)]
