"""All SQL of the service, by what it speaks of. Writes of a case go through `save_case`, called by use_cases alone."""

from services.complaints.storage.cases import (
    EVENTS,
    STATES,
    ReferenceTaken,
    Step,
    Stored,
    case_complained_of_by,
    hold_cases,
    joined_to,
    lock_case,
    lock_unfiled,
    objects_of,
    read_case,
    save_case,
    steps_of,
    survey_party,
)
from services.complaints.storage.categories import CATALOGUES, add_version, subcategory_of, versions_of
from services.complaints.storage.charters import CHARTERS
from services.complaints.storage.figures import facts_of_cases
from services.complaints.storage.lists import Filter, Listed, cases_seen_by
from services.complaints.storage.lookups import (
    anonymous_case,
    case_to_open,
    count_wrong_secret,
    forget_wrong_secrets,
)
from services.complaints.storage.minors import (
    MINOR_EVENTS,
    MinorNotice,
    lock_minor_notice,
    open_minor_notices,
    save_minor_notice,
)
from services.complaints.storage.referrals import HandedOver, put_off, referrals_for
from services.complaints.storage.register import (
    Known,
    alliance_of_place,
    end_occupancy,
    holds_office,
    is_member,
    keep_member,
    keep_occupancy,
    keep_offices,
    keep_place,
    known_for_filing,
)
from services.complaints.storage.similar import alike_cases, place_of
from services.complaints.storage.visits import visits_for
from services.complaints.storage.zones import keep_zone, zone_of

__all__ = [
    "CATALOGUES",
    "CHARTERS",
    "EVENTS",
    "MINOR_EVENTS",
    "STATES",
    "Filter",
    "HandedOver",
    "Known",
    "Listed",
    "MinorNotice",
    "ReferenceTaken",
    "Step",
    "Stored",
    "add_version",
    "alike_cases",
    "alliance_of_place",
    "anonymous_case",
    "case_complained_of_by",
    "case_to_open",
    "cases_seen_by",
    "count_wrong_secret",
    "end_occupancy",
    "facts_of_cases",
    "forget_wrong_secrets",
    "hold_cases",
    "holds_office",
    "is_member",
    "joined_to",
    "keep_member",
    "keep_occupancy",
    "keep_offices",
    "keep_place",
    "keep_zone",
    "known_for_filing",
    "lock_case",
    "lock_minor_notice",
    "lock_unfiled",
    "objects_of",
    "open_minor_notices",
    "place_of",
    "put_off",
    "read_case",
    "referrals_for",
    "save_case",
    "save_minor_notice",
    "steps_of",
    "subcategory_of",
    "survey_party",
    "versions_of",
    "visits_for",
    "zone_of",
]
