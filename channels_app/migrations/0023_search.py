"""What can be found: texts with the pieces of their words, notes of what changed, known words."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# All pairs of neighbours; of Latin letters and digits every three besides: channels_app.text.finding.
PIECES = r"""
CREATE FUNCTION search_pieces(letters text, traits text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(traits || coalesce(array_agg(piece), '{}'))
  FROM (
    SELECT substr(word, at, 2) FROM unnest(string_to_array(letters, ' ')) AS word,
      generate_series(1, length(word) - 1) AS at
    UNION ALL
    SELECT substr(word, at, 3) FROM unnest(string_to_array(letters, ' ')) AS word,
      generate_series(1, length(word) - 2) AS at
    WHERE substr(word, at, 3) ~ '^[a-z0-9]+$'
  ) pieces (piece)
$$
"""


class Migration(migrations.Migration):
    """The tables, their index, and the triggers that keep it true."""

    dependencies = [
        ("channels_app", "0022_on_behalf"),
    ]

    operations = [
        migrations.RunSQL(PIECES, "DROP FUNCTION search_pieces(text, text[])"),
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40, unique=True)),
                ("jamo", models.CharField(max_length=160)),
                ("seen", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "known word",
                "verbose_name_plural": "known words",
                "ordering": ["-seen", "word"],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("message", "What citizens say"),
                            ("answer", "What the city answers"),
                            ("article", "What is asked often"),
                        ],
                        max_length=8,
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=2)),
                ("public", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("letters", models.TextField()),
                (
                    "traits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                (
                    "pieces",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("letters"), models.F("traits"), function="search_pieces"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "text that can be found",
                "verbose_name_plural": "texts that can be found",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PassageDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="asked",
            trigger=pgtrigger.compiler.Trigger(
                name="passages_of_asked",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO channels_app_passagedue (message_id) VALUES (NEW.message_id) ON CONFLICT DO NOTHING; RETURN NULL;",
                    hash="02c0dc9243342b3745dcc3f6cdcb789914d14265",
                    operation="INSERT",
                    pgid="pgtrigger_passages_of_asked_6a06a",
                    table="channels_app_asked",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="knowledgearticle",
            trigger=pgtrigger.compiler.Trigger(
                name="passages_of_article",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DELETE FROM channels_app_passage WHERE article_id = NEW.id;\n    INSERT INTO channels_app_passagedue (article_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;\n    RETURN NULL;\n    ",
                    hash="9a87baf114a89228073473a1a380910203871345",
                    operation='INSERT OR UPDATE OF "question_ko", "answer_ko", "question_en", "answer_en", "office_id", "withdrawn_at"',
                    pgid="pgtrigger_passages_of_article_ff285",
                    table="channels_app_knowledgearticle",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="passages_of_message",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' THEN\n      IF (OLD.masked_text, OLD.masked_place, OLD.publication, OLD.status = 'set_aside')\n         IS DISTINCT FROM\n         (NEW.masked_text, NEW.masked_place, NEW.publication, NEW.status = 'set_aside')\n         OR (NEW.publication <> 'public' AND OLD.office_id IS DISTINCT FROM NEW.office_id) THEN\n        DELETE FROM channels_app_passage WHERE message_id = NEW.id;\n      ELSIF (OLD.office_id, OLD.borough_id, OLD.kind, OLD.channel,\n             OLD.status IN ('answered', 'at_work', 'received', 'routed'), OLD.status = 'replied')\n            IS NOT DISTINCT FROM\n            (NEW.office_id, NEW.borough_id, NEW.kind, NEW.channel,\n             NEW.status IN ('answered', 'at_work', 'received', 'routed'), NEW.status = 'replied') THEN\n        RETURN NULL;\n      END IF;\n    END IF;\n    INSERT INTO channels_app_passagedue (message_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;\n    RETURN NULL;\n    ",
                    hash="ff60a09713fb4af47b99160e60356fcf448c3121",
                    operation='INSERT OR UPDATE OF "masked_text", "masked_place", "publication", "status", "office_id", "borough_id", "kind", "channel"',
                    pgid="pgtrigger_passages_of_message_8904d",
                    table="channels_app_message",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reply",
            trigger=pgtrigger.compiler.Trigger(
                name="passages_of_reply",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' THEN\n      DELETE FROM channels_app_passage WHERE reply_id = NEW.id;\n    END IF;\n    IF NEW.published_at IS NOT NULL THEN\n      INSERT INTO channels_app_passagedue (message_id) VALUES (NEW.message_id) ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n    ",
                    hash="dd83d70b6be3dad21dd23c1eb605de063ed595b3",
                    operation='INSERT OR UPDATE OF "masked_text", "reason", "next_door", "will_do", "published_at", "taken_back_at"',
                    pgid="pgtrigger_passages_of_reply_0416c",
                    table="channels_app_reply",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="knownword",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["jamo"], name="word_jamo", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddField(
            model_name="passage",
            name="article",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passages",
                to="channels_app.knowledgearticle",
            ),
        ),
        migrations.AddField(
            model_name="passage",
            name="message",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passages",
                to="channels_app.message",
            ),
        ),
        migrations.AddField(
            model_name="passage",
            name="reply",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passage",
                to="channels_app.reply",
            ),
        ),
        migrations.AddField(
            model_name="passagedue",
            name="article",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="channels_app.knowledgearticle",
            ),
        ),
        migrations.AddField(
            model_name="passagedue",
            name="message",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="channels_app.message",
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["pieces"], name="passage_pieces"
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(fields=["-at", "-id"], name="passage_newest"),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(
                condition=models.Q(("public", True)), fields=["-at", "-id"], name="passage_public"
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article__isnull", False), ("message__isnull", True)),
                    models.Q(("article__isnull", True), ("message__isnull", False)),
                    _connector="OR",
                ),
                name="passage_of_message_or_article",
            ),
        ),
    ]
