"""Read models for lists and pages: each a bounded number of queries, each asks for whom it reads."""
