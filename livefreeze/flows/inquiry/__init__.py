"""Inquiries: a court asks banks about a debtor, banks answer, the court looks, and after the term it is deleted."""
