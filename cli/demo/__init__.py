"""`shangju demo`: a late-night bar, an old lady who is afraid, and a promise that is kept."""
