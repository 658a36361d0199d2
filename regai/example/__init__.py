"""The example region: invented people and companies, and pages that only example mode has."""
