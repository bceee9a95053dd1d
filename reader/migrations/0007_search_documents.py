"""The index of search: its table by years, its text search configurations, and the triggers that
note what is to be indexed.

In SQL, since Django knows neither partitions nor configurations nor triggers for whole statements.
"""

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# One configuration for each language that Postgres has: as its own, but blind to accents.
CONFIGURATIONS = """
DO $$
DECLARE
    language name;
    dictionary text;
    unaccent text;
BEGIN
    SELECT format('%I.unaccent', extnamespace::regnamespace) INTO unaccent
      FROM pg_extension WHERE extname = 'unaccent';
    FOR language IN
        SELECT cfgname FROM pg_ts_config WHERE cfgnamespace = 'pg_catalog'::regnamespace
    LOOP
        EXECUTE format('CREATE TEXT SEARCH CONFIGURATION %I (COPY = pg_catalog.%I)',
                       'reader_' || language, language);
        -- Type 2 is a word with letters beyond ASCII.
        SELECT mapdict::regdictionary::text INTO dictionary
          FROM pg_ts_config_map
         WHERE mapcfg = format('pg_catalog.%I', language)::regconfig AND maptokentype = 2;
        EXECUTE format(
            'ALTER TEXT SEARCH CONFIGURATION %I '
            'ALTER MAPPING FOR word, hword, hword_part WITH %s, %s',
            'reader_' || language, unaccent, dictionary);
    END LOOP;
    -- The text as exact phrases are compared with it. No more is done to it, since it is done to
    -- every text that may match: that white space and quotation marks may differ is left to the
    -- pattern (reader.search.reach).
    EXECUTE format($create$
        CREATE FUNCTION reader_plain(written text) RETURNS text
        LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $body$ SELECT lower(%s(written)) $body$
        $create$, unaccent);
END
$$
"""

DROP_CONFIGURATIONS = """
DO $$
DECLARE
    configuration regconfig;
BEGIN
    DROP FUNCTION reader_plain(text);
    FOR configuration IN SELECT oid FROM pg_ts_config WHERE cfgname LIKE 'reader\\_%'
    LOOP
        EXECUTE format('DROP TEXT SEARCH CONFIGURATION %s', configuration);
    END LOOP;
END
$$
"""

# By years, and searched newest year first; reader.services.indexing adds a year when an article of
# it comes. No foreign key: adding a year would have to wait until nobody writes articles.
DOCUMENTS = """
CREATE TABLE reader_searchdocument (
    article_id uuid NOT NULL,
    listed_at timestamptz NOT NULL,
    in_library boolean NOT NULL,
    publication_id bigint,
    dated_until date,
    first_seen_at timestamptz NOT NULL,
    tsv tsvector NOT NULL,
    PRIMARY KEY (article_id, listed_at)
) PARTITION BY RANGE (listed_at);
CREATE INDEX document_newest_first ON reader_searchdocument (listed_at DESC, article_id DESC);
CREATE INDEX document_of_publication
    ON reader_searchdocument (publication_id, listed_at DESC, article_id DESC);
CREATE INDEX document_words ON reader_searchdocument USING gin (tsv);
CREATE TABLE reader_searchdocument_early PARTITION OF reader_searchdocument
    FOR VALUES FROM (MINVALUE) TO ('1990-01-01 00:00+00');
CREATE TABLE reader_searchdocument_late PARTITION OF reader_searchdocument
    FOR VALUES FROM ('2100-01-01 00:00+00') TO (MAXVALUE);
"""

# The backlog is written by the database, so that no way of writing articles can forget it. A row
# that is there already is locked by the update: a worker that takes it waits for the new text.
TRIGGERS = """
CREATE FUNCTION reader_index_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reader_searchbacklog (article_id, added_at)
    SELECT id, now() FROM written ORDER BY id
        ON CONFLICT (article_id) DO UPDATE SET added_at = excluded.added_at;
    RETURN NULL;
END
$$;
CREATE FUNCTION reader_index_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reader_searchbacklog (article_id, added_at)
    SELECT n.id, now()
      FROM written n JOIN before o USING (id)
     WHERE (n.title, n.byline, n.current_revision_id, n.listed_at, n.publication_id, n.scope_id,
            n.lead_id, n.language, n.published_on, n.published_precision)
           IS DISTINCT FROM
           (o.title, o.byline, o.current_revision_id, o.listed_at, o.publication_id, o.scope_id,
            o.lead_id, o.language, o.published_on, o.published_precision)
     ORDER BY n.id
        ON CONFLICT (article_id) DO UPDATE SET added_at = excluded.added_at;
    RETURN NULL;
END
$$;
CREATE FUNCTION reader_forget_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reader_searchbacklog WHERE article_id IN (SELECT id FROM before);
    DELETE FROM reader_searchdocument WHERE article_id IN (SELECT id FROM before);
    RETURN NULL;
END
$$;
CREATE TRIGGER index_new AFTER INSERT ON reader_article
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION reader_index_new();
CREATE TRIGGER index_changed AFTER UPDATE ON reader_article
    REFERENCING OLD TABLE AS before NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION reader_index_changed();
CREATE TRIGGER forget_deleted AFTER DELETE ON reader_article
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION reader_forget_deleted();
INSERT INTO reader_searchbacklog (article_id, added_at) SELECT id, now() FROM reader_article;
"""

DROP_TRIGGERS = """
DROP TRIGGER index_new ON reader_article;
DROP TRIGGER index_changed ON reader_article;
DROP TRIGGER forget_deleted ON reader_article;
DROP FUNCTION reader_index_new(), reader_index_changed(), reader_forget_deleted();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("reader", "0006_unstored_entries"),
    ]

    operations = [
        migrations.RunSQL(CONFIGURATIONS, DROP_CONFIGURATIONS),
        migrations.RunSQL(
            DOCUMENTS,
            "DROP TABLE reader_searchdocument",
            state_operations=[
                migrations.CreateModel(
                    name="SearchDocument",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="reader.article",
                            ),
                        ),
                        ("listed_at", models.DateTimeField()),
                        ("in_library", models.BooleanField()),
                        ("publication_id", models.BigIntegerField(null=True)),
                        ("dated_until", models.DateField(null=True)),
                        ("first_seen_at", models.DateTimeField()),
                        ("tsv", django.contrib.postgres.search.SearchVectorField()),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchLanguage",
            fields=[
                ("name", models.CharField(max_length=63, primary_key=True, serialize=False)),
            ],
        ),
        migrations.RunSQL(TRIGGERS, DROP_TRIGGERS),
    ]
