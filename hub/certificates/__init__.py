"""Certificates as people see them: asking for one, its paper, its badge, and the page that says whether it is good."""
