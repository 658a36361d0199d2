"""One function per letter: a row in, a worded letter out. Nothing is sent here."""
