"""What banks and the service say to one another: messages, signatures, delivery, and a sandbox bank."""
