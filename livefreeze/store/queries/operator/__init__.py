"""What administrators see: users, courts, banks and their messages; never what a message says."""
