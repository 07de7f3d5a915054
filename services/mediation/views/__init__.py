"""Read answers: what each person sees of a mediation, of its lists and calendars."""
