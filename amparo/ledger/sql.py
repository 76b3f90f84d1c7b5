"""A `RunSQL` that knows both dialects."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class DialectSQL(RunSQL):
    """Statements for each dialect; there is no way back: what the ledger holds is not undone by a
    migration.
    """

    def __init__(
        self, by_dialect: dict[str, list[str]], state_operations: Sequence[Operation] | None = None
    ) -> None:
        super().__init__(sql=RunSQL.noop, state_operations=list(state_operations or ()))
        self.by_dialect = by_dialect

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [self.by_dialect], {"state_operations": self.state_operations}

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.by_dialect[schema_editor.connection.vendor]:
            # No parameters: a per cent sign or a dollar quote must reach the database as it stands.
            schema_editor.execute(statement, params=None)
