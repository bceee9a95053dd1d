"""Claims whose statements look alike are found by their trigrams."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0008_similar_claims"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("project"),
                django.contrib.postgres.indexes.OpClass("statement", name="gin_trgm_ops"),
                name="claim_trigrams",
            ),
        ),
    ]
