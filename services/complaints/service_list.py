"""服务项目清单: what can be offered to somebody of a case (services.yaml)."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from services.complaints.questions import Named
from shared.tables import table_of


class ListedService(Named):
    """One thing that can be had."""

    code: str
    off: bool = False
    """Not offered any more; what was offered keeps its name."""


class ServiceList(BaseModel):
    """The list of this version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    services: tuple[ListedService, ...]

    @property
    def offered(self) -> tuple[ListedService, ...]:
        """What may be offered now."""
        return tuple(one for one in self.services if not one.off)

    def find(self, code: str) -> ListedService | None:
        """The service of that code, offered any more or not."""
        return next((one for one in self.services if one.code == code), None)


@cache
def service_list() -> ServiceList:
    """The rows of this version."""
    return ServiceList.model_validate(table_of("services.complaints", "services.yaml"))
