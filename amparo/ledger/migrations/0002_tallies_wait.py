"""Counts wait, sealed, until those of a day are added together."""

from django.db import migrations, models

from amparo.ledger.sql import DialectSQL
from amparo.ledger.tables import DIALECTS, added


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
    ]

    operations = [
        DialectSQL(
            {dialect: added(dialect, 2) for dialect in DIALECTS},
            state_operations=[
                migrations.CreateModel(
                    name='TallyWait',
                    fields=[
                        ('id', models.BinaryField(primary_key=True, serialize=False)),
                        ('sealed', models.BinaryField()),
                    ],
                    options={
                        'db_table': 'ledger_tally_wait',
                        'managed': False,
                    },
                ),
            ],
        )
    ]
