"""How the columns of a ledger become the fields of a filing: a YAML file a committee can read and edit."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from cli.ledger.problems import RowError, Unusable
from cli.ledger.reading import Cell, Row, words_of

LONGEST_CELL = 32_767
"""What Excel itself holds in one cell; whatever is longer was not typed by a person."""

REQUIRED = ("category", "subcategory", "description")
"""Fields without which the complaints service takes no filing."""


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no time zone of this name")
    return name


class FieldRule(BaseModel):
    """Where the value of one field comes from: a constant, a column, or several columns joined."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: str | bool | None = None
    column: str | None = None
    join: tuple[str, ...] = ()
    separator: str = ", "
    values: MappingOf[str, str | bool] = Field(default_factory=dict)
    """What each word of the ledger means; a word that is not listed is an error of its row."""
    default: str | bool | None = None
    """Said where the ledger says nothing."""
    date: tuple[str, ...] = ()
    """The ways dates are written, as strptime knows them; Excel's own dates need none."""

    @model_validator(mode="after")
    def _one_source(self) -> FieldRule:
        if sum((self.value is not None, self.column is not None, bool(self.join))) != 1:
            raise ValueError("exactly one of `value`, `column` and `join`")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        return self.join or ((self.column,) if self.column is not None else ())


class Mapping(BaseModel):
    """One kind of ledger. `ledger` and the key columns make a row's identity for ever: never rename them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ledger: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    key: Annotated[tuple[str, ...], Field(min_length=1)]
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    sheet: str | None = None
    fill_down: tuple[str, ...] = ()
    """Columns whose cells were merged over several rows: an empty one repeats the one above."""
    fields: Annotated[dict[str, FieldRule], Field(min_length=1)]

    @property
    def columns(self) -> frozenset[str]:
        """Every column the ledger must have."""
        used = (column for rule in self.fields.values() for column in rule.columns)
        return frozenset((*self.key, *self.fill_down, *used))

    def key_of(self, row: Row) -> str:
        """What tells this row from all others of its ledger, also next year."""
        parts = [words_of(row.cells[column]) for column in self.key]
        if not all(parts):
            raise RowError("key_missing", " + ".join(self.key))
        return "\n".join(parts)

    def filing(self, row: Row) -> dict[str, Any]:
        """The body of POST /v1/cases for this row. Raises RowError, naming the column."""
        _check_row(row, self.columns)
        values = {name: self._value(rule, row) for name, rule in self.fields.items()}
        body = {name: value for name, value in values.items() if value not in (None, "")}
        for name in REQUIRED:
            if name not in body:
                raise RowError("value_missing", self.column_of(name))
        return body

    def column_of(self, field: str) -> str:
        """The ledger's own word for a field, which is what the person at the spreadsheet can look for."""
        rule = self.fields.get(field)
        return " + ".join(rule.columns) if rule and rule.columns else field

    def _value(self, rule: FieldRule, row: Row) -> Any:
        if rule.value is not None:
            return rule.value
        if rule.date:
            return _moment(row.cells[rule.columns[0]], rule, ZoneInfo(self.timezone))
        said = [words_of(row.cells[column]) for column in rule.columns]
        text = rule.separator.join(one for one in said if one)
        if not text:
            return rule.default
        if rule.values and text not in rule.values:
            raise RowError("unknown_value", " + ".join(rule.columns), text)
        return rule.values.get(text, text)


def load(path: Path) -> Mapping:
    """The mapping in a file. Raises Unusable with the place that is wrong."""
    try:
        return Mapping.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Unusable("mapping_unreadable", path=path, why=str(error)) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Unusable("mapping_wrong", path=path, where=where or "file", why=first["msg"]) from None


def _check_row(row: Row, columns: frozenset[str]) -> None:
    if row.surplus:
        raise RowError("too_many_cells", "")
    for column in sorted(columns):
        cell = row.cells[column]
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            raise RowError("cell_too_long", column)
        if isinstance(cell, str) and cell.startswith("#") and cell in _EXCEL_ERRORS:
            raise RowError("cell_broken", column, cell)


_EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}


def _moment(cell: Cell, rule: FieldRule, zone: ZoneInfo) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=zone).isoformat()
    for written in rule.date:
        try:
            return datetime.strptime(words_of(cell), written).replace(tzinfo=zone).isoformat()
        except ValueError:
            continue
    raise RowError("bad_date", rule.columns[0], words_of(cell))
