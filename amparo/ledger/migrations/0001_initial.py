"""The ledger's tables. See `ledger.tables`: they are made and changed by `RunSQL` only."""

from django.db import migrations, models

from amparo.ledger.sql import DialectSQL
from amparo.ledger.tables import DIALECTS, statements

STATE = [
    migrations.CreateModel(
        name='CaseKey',
        fields=[
            ('pk', models.CompositePrimaryKey('case', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
            ('case', models.CharField(db_column='case_id', max_length=40)),
            ('number', models.BigIntegerField()),
            ('wrapped', models.BinaryField(null=True)),
        ],
        options={
            'db_table': 'ledger_case_key',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Checkpoint',
        fields=[
            ('n', models.BigIntegerField(primary_key=True, serialize=False)),
            ('at', models.BigIntegerField()),
            ('items', models.BigIntegerField()),
            ('prev', models.BinaryField()),
            ('root', models.BinaryField()),
            ('signature', models.BinaryField()),
        ],
        options={
            'db_table': 'ledger_checkpoint',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Coarse',
        fields=[
            ('id', models.TextField(primary_key=True, serialize=False)),
            ('pathway', models.TextField()),
            ('site', models.TextField()),
            ('month', models.TextField()),
            ('closed', models.TextField()),
            ('area', models.TextField()),
            ('door', models.TextField()),
            ('stage', models.TextField()),
            ('outcome', models.TextField()),
            ('codes', models.TextField()),
        ],
        options={
            'db_table': 'ledger_coarse',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Definition',
        fields=[
            ('pk', models.CompositePrimaryKey('pathway', 'version', blank=True, editable=False, primary_key=True, serialize=False)),
            ('pathway', models.TextField()),
            ('version', models.TextField()),
            ('text', models.TextField()),
        ],
        options={
            'db_table': 'ledger_definition',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Disclosure',
        fields=[
            ('id', models.BigAutoField(primary_key=True, serialize=False)),
            ('at', models.BigIntegerField()),
            ('actor', models.TextField()),
            ('case', models.CharField(db_column='case_id', max_length=40, null=True)),
            ('cases', models.TextField(default='')),
            ('sealed', models.BinaryField()),
        ],
        options={
            'db_table': 'ledger_disclosure',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Draft',
        fields=[
            ('tag', models.BinaryField(primary_key=True, serialize=False)),
            ('author', models.TextField()),
            ('case', models.CharField(db_column='case_id', max_length=40, null=True)),
            ('at', models.BigIntegerField()),
            ('sealed', models.BinaryField()),
        ],
        options={
            'db_table': 'ledger_draft',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='EventRow',
        fields=[
            ('pk', models.CompositePrimaryKey('case', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
            ('case', models.CharField(db_column='case_id', max_length=40)),
            ('seq', models.BigIntegerField()),
            ('day', models.BigIntegerField()),
            ('key', models.BigIntegerField()),
            ('nonce', models.BinaryField()),
            ('version', models.TextField()),
            ('prev', models.BinaryField()),
            ('hash', models.BinaryField()),
            ('idem', models.BinaryField(null=True)),
            ('sealed', models.BinaryField()),
        ],
        options={
            'db_table': 'ledger_event',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Head',
        fields=[
            ('case', models.CharField(db_column='case_id', max_length=40, primary_key=True, serialize=False)),
            ('seq', models.BigIntegerField()),
            ('hash', models.BinaryField()),
            ('marked', models.BigIntegerField(default=0)),
        ],
        options={
            'db_table': 'ledger_head',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Heartbeat',
        fields=[
            ('id', models.BigIntegerField(primary_key=True, serialize=False)),
            ('at', models.BigIntegerField()),
            ('through', models.BigIntegerField()),
        ],
        options={
            'db_table': 'ledger_heartbeat',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='LetterBytes',
        fields=[
            ('pk', models.CompositePrimaryKey('case', 'tag', blank=True, editable=False, primary_key=True, serialize=False)),
            ('case', models.CharField(db_column='case_id', max_length=40)),
            ('tag', models.BinaryField()),
            ('sealed', models.BinaryField()),
        ],
        options={
            'db_table': 'ledger_letter',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Mark',
        fields=[
            ('pk', models.CompositePrimaryKey('case', 'n', blank=True, editable=False, primary_key=True, serialize=False)),
            ('case', models.CharField(db_column='case_id', max_length=40)),
            ('n', models.BigIntegerField()),
            ('seq', models.BigIntegerField()),
            ('hash', models.BinaryField()),
        ],
        options={
            'db_table': 'ledger_mark',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Summary',
        fields=[
            ('case', models.CharField(db_column='case_id', max_length=40, primary_key=True, serialize=False)),
            ('site', models.TextField()),
            ('pathway', models.TextField()),
            ('door', models.TextField()),
            ('open', models.BooleanField()),
            ('box', models.BigIntegerField()),
            ('owner', models.TextField()),
            ('due', models.BigIntegerField()),
        ],
        options={
            'db_table': 'ledger_case',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Tally',
        fields=[
            ('pk', models.CompositePrimaryKey('site', 'pathway', 'name', 'month', 'codes', blank=True, editable=False, primary_key=True, serialize=False)),
            ('site', models.TextField()),
            ('pathway', models.TextField()),
            ('name', models.TextField()),
            ('month', models.TextField()),
            ('codes', models.TextField()),
            ('n', models.BigIntegerField()),
        ],
        options={
            'db_table': 'ledger_tally',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Tie',
        fields=[
            ('pk', models.CompositePrimaryKey('tag', 'case', blank=True, editable=False, primary_key=True, serialize=False)),
            ('tag', models.BinaryField()),
            ('case', models.CharField(db_column='case_id', max_length=40)),
        ],
        options={
            'db_table': 'ledger_tie',
            'managed': False,
        },
    ),
    migrations.CreateModel(
        name='Wake',
        fields=[
            ('case', models.CharField(db_column='case_id', max_length=40, primary_key=True, serialize=False)),
            ('tag', models.BinaryField()),
            ('sealed', models.BinaryField()),
        ],
        options={
            'db_table': 'ledger_wake',
            'managed': False,
        },
    ),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        DialectSQL(
            {dialect: statements(dialect) for dialect in DIALECTS},
            state_operations=STATE,
        )
    ]
