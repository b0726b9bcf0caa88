"""The HTTP API by which a person or a test plays customer, employer, teller or trouble; loopback only, no log-in."""
