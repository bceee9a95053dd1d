"""The index of search over passages and over speakers' names, kept by the database."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Nobody marks more than this; the index takes up to a megabyte.
WRITE = """
CREATE FUNCTION annotations_write_passages(anchors bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO annotations_searchpassage (annotation_id, tsv)
    SELECT w.annotation_id,
           to_tsvector(('reader_' || w.read_as)::regconfig, reader_spaced(left(w.words, 100000)))
           || array_to_tsvector(ARRAY['§' || w.read_as])
      FROM (SELECT n.annotation_id, reader_language(a.language) AS read_as,
                   string_agg(f.exact, ' ' ORDER BY f.position) AS words
              FROM annotations_anchor n
              JOIN annotations_fragment f ON f.anchor_id = n.id
              JOIN annotations_annotation m ON m.id = n.annotation_id
              JOIN reader_article a ON a.id = m.article_id
             WHERE n.id = ANY(anchors) AND n.made_by = 'person'
             GROUP BY n.annotation_id, a.language
             ORDER BY n.annotation_id
            OFFSET 0) AS w
        ON CONFLICT (annotation_id) DO UPDATE SET tsv = excluded.tsv
$$
"""

TRIGGERS = """
CREATE FUNCTION annotations_index_fragments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM annotations_write_passages(ARRAY(SELECT DISTINCT anchor_id FROM changed));
    RETURN NULL;
END
$$;
CREATE FUNCTION annotations_index_language() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM annotations_write_passages(anchors.ids)
       FROM (SELECT array_agg(n.id) AS ids
               FROM written w
               JOIN before o USING (id)
               JOIN annotations_annotation m ON m.article_id = w.id
               JOIN annotations_anchor n ON n.annotation_id = m.id AND n.made_by = 'person'
              WHERE w.language IS DISTINCT FROM o.language) AS anchors
      WHERE anchors.ids IS NOT NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER index_inserted AFTER INSERT ON annotations_fragment
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION annotations_index_fragments();
CREATE TRIGGER index_updated AFTER UPDATE ON annotations_fragment
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION annotations_index_fragments();
CREATE TRIGGER index_deleted AFTER DELETE ON annotations_fragment
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION annotations_index_fragments();
CREATE TRIGGER index_language AFTER UPDATE ON reader_article
    REFERENCING OLD TABLE AS before NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION annotations_index_language();
SELECT annotations_write_passages(array_agg(id)) FROM annotations_anchor;
"""

DROP_TRIGGERS = """
DROP TRIGGER index_inserted ON annotations_fragment;
DROP TRIGGER index_updated ON annotations_fragment;
DROP TRIGGER index_deleted ON annotations_fragment;
DROP TRIGGER index_language ON reader_article;
DROP FUNCTION annotations_index_fragments(), annotations_index_language();
"""

# With its schema, since a restored backup makes the index where none is searched.
NAMES = """
DO $$
BEGIN
    EXECUTE format($create$
        CREATE FUNCTION annotations_names(name text, aliases text[]) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
            SELECT to_tsvector(%L::regconfig, name || ' ' || array_to_string(aliases, ' '))
        $body$ $create$, current_schema() || '.reader_simple');
END
$$;
CREATE INDEX speaker_names ON annotations_speaker
 USING gin (annotations_names(name, aliases));
"""


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0003_reply_kind"),
        ("reader", "0009_search_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchPassage",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="annotations.annotation",
                    ),
                ),
                ("tsv", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["tsv"], name="passage_words")
                ],
            },
        ),
        migrations.RunSQL(WRITE, "DROP FUNCTION annotations_write_passages(bigint[])"),
        migrations.RunSQL(TRIGGERS, DROP_TRIGGERS),
        migrations.RunSQL(
            NAMES,
            "DROP INDEX speaker_names; DROP FUNCTION annotations_names(text, text[])",
        ),
    ]
