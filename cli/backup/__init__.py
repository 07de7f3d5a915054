"""`shangju backup` and `restore`: every service's database, all of one moment, and where its consumers stood."""
