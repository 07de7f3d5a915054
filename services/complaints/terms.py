"""The words of a case, the same in commands, events, decisions and answers (see the glossary)."""

from __future__ import annotations

from typing import Literal, get_args

Stage = Literal["hear", "deliberate", "decide", "act", "supervise", "review", "closed"]

Status = Literal[
    "filed",
    "minor",
    "emergency",
    "joined",
    "accepted",
    "served",
    "answered",
    "settling_directly",
    "in_mediation",
    "on_topic",
    "oral_unrecorded",
    "agreement_drafted",
    "in_force",
    "being_confirmed",
    "to_be_visited",
    "pledged",
    "keeping_settlement",
    "surveyed",
    "paused",
    "solved",
    "unsolved",
    "declined",
    "withdrawn",
    "ended_without_agreement",
    "hazard_removed",
]
"""The mark within the stage; a closed case has its outcome, one that lies with an authority is paused."""

Side = Literal["complainant", "respondent"]

Role = Literal[
    "complainant",
    "respondent",
    "former",
    "invited",
    "coordinator",
    "mediator",
    "building_captain",
    "joined",
    "helper",
    "officer",
    "system",
]
"""What somebody is to one case. Whose own case is handled with it is joined.

Who is former was a party until they left, who is invited is asked whether they become one. A helper filed it for
somebody else, an officer has it from us as a referral; the system is timers and other services."""

Identity = Literal["named", "hidden", "anonymous"]
"""Hidden: a coordinator may know who it is, the other side never. Anonymous: nobody knows, staff included."""

HelpRelation = Literal["kin", "neighbour", "captain", "volunteer", "staff", "other"]

ConsentHow = Literal["told_in_person", "phone", "written"]
"""How somebody agreed that another complains for them."""

WithdrawReason = Literal["settled_privately", "moved", "no_longer", "other"]

Guardianship = Literal["parent", "guardian"]

Listener = Literal["guardian", "coordinator", "mediator", "volunteer"]
"""Who was there when a child was heard."""

RelationProof = Literal["document", "known_in_person"]
"""How the coordinator made sure of it: a household register or the like, or they know the family."""

Channel = Literal["web", "mini_program", "phone", "paper", "visit", "ledger"]

AnswerKind = Literal["agree", "propose", "dispute", "counter_claim", "add_party"]

Doer = Literal["known", "unsure", "unknown"]
"""Of a kind of matter: whose place it is did it; so it is asked, but no person named without a fact; nobody usually
saw who it was, and whose place it struck is not asked either.
"""

Basis = Literal["own_statement", "established_fact"]
"""By what somebody becomes the respondent of a matter whose doer nobody saw."""

SharedWith = Literal["coordinator", "mediator"]
"""Who reads what somebody answered in private; the mediator beside the coordinator."""

HealthSharing = Literal["none", "asked", "shared", "kept"]
"""Whether what a complainant said of their health may reach the other side (PIPL arts. 28, 29)."""

Succession = Literal["successor", "heir"]
"""As what somebody comes after a party who left: the next occupant of the place, or the family of one who died."""

Capacity = Literal["owner", "tenant", "operator", "neighbour", "other", Succession]
"""As what somebody is concerned who was added to a case."""

LeaveReason = Literal["moved", "died"]
"""How somebody stopped being a party: their occupancy (占用期) ended, or they died."""

LeaveWish = Literal["close", "leave_to_flat"]
"""What a complainant who moves out wants of the matter: its end, or that whoever lives there next decides."""

Service = Literal["inbox", "mail", "text", "visit", "paper", "answer"]
"""How a notice came to count as served (送达)."""

Delivery = Literal["mail", "text"]
"""What counts as served a while after it was delivered, opened or not."""

DELIVERIES: tuple[Delivery, ...] = get_args(Delivery)

Attempt = Literal["closed", "handed_unsigned", "signed"]
"""How a visit with the paper notice ended."""

Slip = Literal["paper", "phone", "visit", "counter"]
"""How a word came that was not given on the platform: an answer, or a pledge."""

Path = Literal["direct", "mediation", "topic"]

Outcome = Literal["solved", "unsolved", "declined", "withdrawn", "ended_without_agreement", "hazard_removed"]
"""Where mediation was refused and an authority removed the hazard, neither is anybody's failure."""

ENDED_UNMEDIATED: frozenset[Outcome] = frozenset({"ended_without_agreement", "hazard_removed"})
"""After which a respondent may still promise something by themselves."""

Separation = Literal["another_matter", "lead_ended"]
"""Why a joined case is handled on its own again."""

EvidenceKind = Literal["photo", "audio", "video", "document"]

ExhibitKind = Literal[EvidenceKind, "reading", "child_words", "survey_slip"]
"""Everything that lies before a case; a noise reading has no bytes."""

Audience = Literal["coordinator", "complainant", "respondent"]

DeclineReason = Literal[
    "not_between_neighbours",
    "outside_the_area",
    "already_in_court",
    "with_an_authority",
    "not_enough_facts",
    "already_filed",
]

Hotline = Literal["119", "110", "120"]
"""Fire, police, ambulance."""

Ring = Literal["reminder", "overdue"]
"""The calls that go out while nobody has confirmed an emergency."""

Method = Literal[
    "front_line",
    "precise_survey",
    "members_lead",
    "opportunity_in_crisis",
    "equal_exchange",
    "step_by_step",
    "persistence",
    "others_shoes",
    "combination",
    "regular_contact",
]
"""The ten methods of mass work (宝兴十法), in their own order."""

Rung = Literal["self", "together", "law", "virtue"]
"""自治, 共治, 法治, 德治: by whose strength a matter is settled (四治融合)."""

RUNGS: tuple[Rung, ...] = get_args(Rung)

Tier = Literal["urgent", "ordinary", "complex"]
"""How pressing or how tangled a case is; the coordinator says so at the acceptance."""

EscalationStep = Literal["captain", "committee", "mediator", "court_station"]

ESCALATION: tuple[EscalationStep, ...] = get_args(EscalationStep)
"""Where a missed day is taken up, one after the other."""

SaidConclusion = Literal["settled", "no_agreement", "adopted"]

Conclusion = Literal[SaidConclusion, "pledge_kept"]
"""How a case ends that was settled directly, or as a topic, or by what a respondent promised by themselves."""

PledgeStatus = Literal["offered", "declined", "wanted", "proven", "disputed", "confirmed", "lapsed"]
"""How far a voluntary pledge (自愿承诺) is; with the end of the case nobody waits for it any more."""

ReferralPart = Literal["unlawful", "all"]
"""Whether the private part stays with the neighbours while an authority looks at the unlawful one."""

Paper = Literal["words", "site_visits"]
"""What an authority may be given to read: the complaint's words, and what was found on the spot."""

ChaseReason = Literal["no_receipt", "no_reply"]

ReferralResult = Literal["remedied", "ordered", "no_finding", "not_competent", "no_reply"]
