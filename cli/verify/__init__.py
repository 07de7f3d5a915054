"""Whether nothing was lost, doubled or altered: journal chains, and journal → outbox → topic → inbox."""
