"""What may become of places, members, one-time codes and sessions. Pure: no clock, no ids, no database."""
