"""A post office for one machine: accepts every mail by SMTP, delivers none, shows all of them on a page.

`GET /api/messages?to=ADDRESS&after=ID` lists mails newest first; `after` is the id of a mail already seen.
`GET /api/messages/{id}` shows one, `DELETE /api/messages` empties the box.
"""

from deploy.local.mailbox.daemon import Mailbox

__all__ = ["Mailbox"]
