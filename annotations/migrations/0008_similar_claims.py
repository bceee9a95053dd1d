"""What similar claims are found by: the words of their statements, and the vocabulary of each
project; and the indexes of a project's newest claims, and of what is not yet linked to a claim."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Without stems, since a project's claims may be in any language, and nothing says in which. The
# column is Postgres's alone: whatever writes a statement fills it. Its function names the schema,
# since a restored backup fills the column where none is searched.
WORDS = """
DO $$
BEGIN
    EXECUTE format($create$
        CREATE FUNCTION annotations_statement_words(statement text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
            SELECT to_tsvector(%1$L::regconfig, %2$I.reader_spaced(statement))
        $body$ $create$, current_schema() || '.reader_simple', current_schema());
END
$$;
ALTER TABLE annotations_claim
  ADD COLUMN words tsvector GENERATED ALWAYS AS (annotations_statement_words(statement)) STORED;
CREATE INDEX claim_words ON annotations_claim USING gin (project_id, words);
"""

DROP_WORDS = """
ALTER TABLE annotations_claim DROP COLUMN words;
DROP FUNCTION annotations_statement_words(text);
"""

# A word may be there twice: a unique index would make everybody who states a claim wait for an
# import that brings the same new words, or both for each other.
VOCABULARY = """
CREATE FUNCTION annotations_note_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO annotations_claimword (project_id, word)
    SELECT DISTINCT w.project_id, said.lexeme
      FROM written w CROSS JOIN LATERAL unnest(w.words) AS said
     WHERE NOT EXISTS (SELECT FROM annotations_claimword known
                        WHERE known.project_id = w.project_id AND known.word = said.lexeme);
    RETURN NULL;
END
$$;
CREATE FUNCTION annotations_note_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO annotations_claimword (project_id, word)
    SELECT NEW.project_id, said.lexeme
      FROM unnest(NEW.words) AS said
     WHERE NOT EXISTS (SELECT FROM annotations_claimword known
                        WHERE known.project_id = NEW.project_id AND known.word = said.lexeme);
    RETURN NULL;
END
$$;
CREATE TRIGGER note_words_stated AFTER INSERT ON annotations_claim
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION annotations_note_words();
-- Row by row: with a table of all that was written, it would run for other columns too, and bring
-- back words while a whole project is deleted.
CREATE TRIGGER note_words_restated AFTER UPDATE OF statement ON annotations_claim
    FOR EACH ROW EXECUTE FUNCTION annotations_note_other_words();
INSERT INTO annotations_claimword (project_id, word)
SELECT DISTINCT c.project_id, said.lexeme
  FROM annotations_claim c CROSS JOIN LATERAL unnest(c.words) AS said;
"""

DROP_VOCABULARY = """
DROP TRIGGER note_words_stated ON annotations_claim;
DROP TRIGGER note_words_restated ON annotations_claim;
DROP FUNCTION annotations_note_words();
DROP FUNCTION annotations_note_other_words();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0007_merging_and_pairs"),
        ("reader", "0009_search_language"),
    ]

    operations = [
        migrations.RunSQL(WORDS, DROP_WORDS),
        migrations.CreateModel(
            name="ClaimWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.TextField()),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="reader.project",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["project", "word"], name="claim_word"),
                    django.contrib.postgres.indexes.GinIndex(
                        models.F("project"),
                        django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                        name="claim_word_trigrams",
                    ),
                ],
            },
        ),
        migrations.RunSQL(VOCABULARY, DROP_VOCABULARY),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["project", "id"], name="claim_in_order"),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(
                fields=["project", "id"],
                name="annotation_to_link",
                condition=models.Q(deleted_at=None, kind__in=["allegation", "denial"]),
            ),
        ),
    ]
