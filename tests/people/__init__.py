"""People: their log-ins, second factors, links and deputies."""
