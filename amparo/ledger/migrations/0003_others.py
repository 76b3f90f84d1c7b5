"""Who else is in a case: other people with a file and a key of their own."""

from django.db import migrations, models

from amparo.ledger.sql import DialectSQL
from amparo.ledger.tables import DIALECTS, added


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_tallies_wait'),
    ]

    operations = [
        DialectSQL(
            {dialect: added(dialect, 3) for dialect in DIALECTS},
            state_operations=[
                migrations.CreateModel(
                    name='OtherPerson',
                    fields=[
                        ('pk', models.CompositePrimaryKey('case', 'number', blank=True, editable=False,
                                                          primary_key=True, serialize=False)),
                        ('case', models.CharField(db_column='case_id', max_length=40)),
                        ('number', models.BigIntegerField()),
                        ('tag', models.BinaryField()),
                        ('sealed', models.BinaryField()),
                    ],
                    options={
                        'db_table': 'ledger_other',
                        'managed': False,
                    },
                ),
            ],
        )
    ]
