"""The HTTP door: forms in, commands on, views out. No rules here."""

from services.alliance.api import alliances, calendar, members, places, sign_in

ROUTERS = (sign_in.router, alliances.router, places.router, members.router, calendar.router)
