"""What administrators do through the web: two of them together, the courts' and banks' own for their own people."""
