"""What a reader is shown of a case: its rows seen through the policy, in the reader's language. Pure."""

from services.complaints.views.cases import case_view, item, other_routes, receipt
from services.complaints.views.children import child_view
from services.complaints.views.days import days
from services.complaints.views.emergency import emergency_view
from services.complaints.views.evidence import evidence
from services.complaints.views.figures import board_page, figure_page, figure_table, public_page
from services.complaints.views.grouping import Group, others, thread
from services.complaints.views.history import ended_in, held_since, history, messages, occurrences
from services.complaints.views.inquiries import asked_of, inquiry, noted
from services.complaints.views.minors import minor_notice, minor_receipt
from services.complaints.views.oral import is_asked_aloud, oral_receipt
from services.complaints.views.own import own_matter
from services.complaints.views.paper import paper_notice, pledge_receipt
from services.complaints.views.queue import queue_counts, queue_item
from services.complaints.views.readings import reading
from services.complaints.views.results import results
from services.complaints.views.settled_paper import settlement_paper, settlement_sheet
from services.complaints.views.slips import is_answered_on_paper, paper_survey
from services.complaints.views.words import words_in
from services.complaints.views.working import work

__all__ = [
    "Group",
    "asked_of",
    "board_page",
    "case_view",
    "child_view",
    "days",
    "emergency_view",
    "ended_in",
    "evidence",
    "figure_page",
    "figure_table",
    "held_since",
    "history",
    "inquiry",
    "is_answered_on_paper",
    "is_asked_aloud",
    "item",
    "messages",
    "minor_notice",
    "minor_receipt",
    "noted",
    "occurrences",
    "oral_receipt",
    "other_routes",
    "others",
    "own_matter",
    "paper_notice",
    "paper_survey",
    "pledge_receipt",
    "public_page",
    "queue_counts",
    "queue_item",
    "reading",
    "receipt",
    "results",
    "settlement_paper",
    "settlement_sheet",
    "thread",
    "words_in",
    "work",
]
