"""Pages of cohorts, one file for each kind of reader."""
