"""How fast the service is, as a ratio to a reference that runs in the same minutes: `make bench`."""
