"""The demo world: two courts, three banks and their debtors over nine months, made once and kept."""
