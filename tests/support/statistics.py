"""What PostgreSQL counts of a table's rows, and what it does not."""

from __future__ import annotations

from shared.persistence.database import Database


async def uncounted_expressions(database: Database) -> set[str]:
    """The expressions that stand only in indexes of some rows: nothing is counted of them, and one row in two hundred
    is expected for each value asked for.
    """
    async with database.reading() as connection:
        rows = await connection.fetch(
            """
            SELECT indrelid::regclass || ': ' || expression AS uncounted
            FROM pg_index, generate_series(1, indnkeyatts) AS position,
                 pg_get_indexdef(indexrelid, position, false) AS expression
            WHERE indpred IS NOT NULL AND indkey[position - 1] = 0
            EXCEPT
            SELECT stxrelid::regclass || ': (' || expression || ')'
            FROM pg_statistic_ext, unnest(pg_get_statisticsobjdef_expressions(oid)) AS expression
            """
        )
    return {row["uncounted"] for row in rows}
