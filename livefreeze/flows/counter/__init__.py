"""A bank's counter on our own pages: for tellers whose bank has no system that speaks with us."""
