import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0036_taken_up"),
        ("people", "0005_names_of_columns"),
        ("suggestions", "0001_suggestions"),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="what it is for")),
                ("planned", models.PositiveBigIntegerField(verbose_name="planned (won)")),
                (
                    "spent",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="spent (won)"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget",
                        to="people.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget",
                        to="suggestions.suggestion",
                        verbose_name="suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget line",
                "verbose_name_plural": "budget lines",
                "ordering": ["-year", "-planned", "id"],
                "indexes": [
                    models.Index(fields=["year", "-planned", "-id"], name="budgetrow_of_year")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("suggestion", "year", "title"),
                        name="budgetrow_once",
                        violation_error_message="This line stands there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2000), ("year__lte", 2100)),
                        name="budgetrow_of_a_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Overdue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("soon", "the date comes near"),
                            ("late", "the date has passed"),
                            ("head", "told to the head of the office"),
                            ("mayor", "told to the mayor's office"),
                        ],
                        max_length=5,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "appeal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="suggestions.appeal",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overdue",
                        to="channels_app.delivery",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="suggestions.actionitem",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.office",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="suggestions.promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "late item, promise or appeal",
                "verbose_name_plural": "late items, promises and appeals",
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("delivery__isnull", True)),
                        fields=["office", "id"],
                        name="overdue_untold",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("appeal__isnull", True),
                                ("item__isnull", False),
                                ("promise__isnull", True),
                            ),
                            models.Q(
                                ("appeal__isnull", True),
                                ("item__isnull", True),
                                ("promise__isnull", False),
                            ),
                            models.Q(
                                ("appeal__isnull", False),
                                ("item__isnull", True),
                                ("promise__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="overdue_is_about_one",
                    ),
                    models.UniqueConstraint(
                        fields=("item", "level", "due_at"), name="overdue_item_once"
                    ),
                    models.UniqueConstraint(
                        fields=("promise", "level", "due_at"), name="overdue_promise_once"
                    ),
                    models.UniqueConstraint(
                        fields=("appeal", "level", "due_at"), name="overdue_appeal_once"
                    ),
                ],
            },
        ),
    ]
