"""What the portal is told by its environment."""

from __future__ import annotations

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """The addresses of the services behind this origin."""

    http_port: int = 8000
    complaints_url: str
    mediation_url: str
    notifications_url: str
    upload_bytes: int = 101 * 1024 * 1024
    """A form with the largest file that complaints takes; which kind may be how large, it says itself."""
    mailbox_url: str = ""
    """Where mails can be read in development; shown on the sign-in page when set."""

    @property
    def largest_file_mb(self) -> int:
        """What people are told; the last MiB of a form is for the words beside the file."""
        return self.upload_bytes // 1024 // 1024 - 1

    @property
    def addresses(self) -> dict[str, str]:
        """The four services a page or the proxy may speak to, and no other."""
        return {
            "alliance": self.alliance_url,
            "complaints": self.complaints_url,
            "mediation": self.mediation_url,
            "notifications": self.notifications_url,
        }
