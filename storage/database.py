"""What the storage modules ask of an engine: statements with named parameters, and transactions.

SQL is written once for every engine: parameters as `:name`, a list of values as `IN :name`, times as
BIGINT, booleans as 0 and 1, JSON as text. What an engine does in its own way (full text) lives
in modules that carry its name.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

Parameters = Mapping[str, Any]
"""Values by name; a list, tuple or set stands for the values of `IN :name`."""


class Row(Protocol):
    """One row of a result, its values by column name."""

    def __getitem__(self, column: str, /) -> Any: ...


class Reading(Protocol):
    """Whatever can be asked."""

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]: ...

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None: ...

    async def fetch_first(self, sql: str, parameters: Parameters, by: str, most: int) -> list[Row]:
        """The first row of each value of the column `by`, in the order of the rows.

        Only as many rows are read as it takes to meet `most` values: the statement needs no limit.
        """
        ...


class Transaction(Reading, Protocol):
    """An open transaction: sees what it wrote; others see it after the end, all or nothing."""

    async def execute(self, sql: str, parameters: Parameters | None = None) -> None: ...

    async def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None: ...


class Database(Reading, Protocol):
    """A database; every method raises StorageError where the engine refuses."""

    async def change(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """One writing statement as a transaction of its own; the rows of its RETURNING."""
        ...

    async def change_all(self, changes: Sequence[tuple[str, Parameters]]) -> None:
        """Writing statements that need nothing of each other's results, as one transaction: cheaper
        than `transaction`, which goes to the engine and back for each of them."""
        ...

    async def in_one_go(self, work: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        """A transaction of many small statements, near the engine: `work` awaits nothing but those.

        It may run on another thread, beside the loop, and ends whatever becomes of who waits for it.
        """
        ...

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Commits at the end, rolls back on any error or cancellation."""
        ...
