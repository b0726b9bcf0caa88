"""What a court does with a freeze order: serve, amend, release. Each is prepared, approved and then done."""
