"""The HTTP door: forms in, commands on, views out. No rules here."""

from services.alliance.api import (
    alliances,
    calendar,
    carried_help,
    covenants,
    erasures,
    invitations,
    members,
    own,
    places,
    sign_in,
    signing,
)

ROUTERS = (
    sign_in.router,
    alliances.router,
    places.router,
    members.router,
    carried_help.router,
    calendar.router,
    covenants.router,
    invitations.router,
    own.router,
    erasures.router,
    signing.router,
)
