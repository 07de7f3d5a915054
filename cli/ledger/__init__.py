"""A committee's ledger (台账) becomes cases: every row a case or a named error, none lost, none doubled."""
