"""Which text search configuration reads a language, and how writings without spaces are taken
apart: asked by whoever writes search documents, triggers among them."""

from django.db import migrations

# Postgres's names by the first part of a language tag (BCP 47). What this server has no stems of
# (older ones lack some) is read as "simple".
LANGUAGE = """
CREATE FUNCTION reader_language(tag text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(
        (SELECT known.name
           FROM (VALUES
                ('ar', 'arabic'), ('ca', 'catalan'), ('da', 'danish'), ('de', 'german'),
                ('el', 'greek'), ('en', 'english'), ('es', 'spanish'), ('et', 'estonian'),
                ('eu', 'basque'), ('fi', 'finnish'), ('fr', 'french'), ('ga', 'irish'),
                ('hi', 'hindi'), ('hu', 'hungarian'), ('hy', 'armenian'), ('id', 'indonesian'),
                ('it', 'italian'), ('lt', 'lithuanian'), ('nb', 'norwegian'), ('ne', 'nepali'),
                ('nl', 'dutch'), ('nn', 'norwegian'), ('no', 'norwegian'), ('pt', 'portuguese'),
                ('ro', 'romanian'), ('ru', 'russian'), ('sr', 'serbian'), ('sv', 'swedish'),
                ('ta', 'tamil'), ('tr', 'turkish'), ('yi', 'yiddish')
                ) AS known(code, name)
           JOIN pg_catalog.pg_ts_config c ON c.cfgname = 'reader_' || known.name
          WHERE known.code = split_part(lower(tag), '-', 1)
          LIMIT 1),
        'simple')
$$
"""

# Chinese and Japanese characters; reader.search.words takes apart what is searched for in the same
# way.
SPACED = r"""
CREATE FUNCTION reader_spaced(written text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN written ~ '[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]'
                THEN regexp_replace(
                     written, '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])',
                     ' \1 ', 'g')
                ELSE written END
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ("reader", "0008_feed_wishes"),
    ]

    operations = [
        migrations.RunSQL(LANGUAGE, "DROP FUNCTION reader_language(text)"),
        migrations.RunSQL(SPACED, "DROP FUNCTION reader_spaced(text)"),
    ]
