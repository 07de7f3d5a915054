"""The alliance's own words for its notices, in place of the catalogue's: written, looked at, kept and taken back."""
