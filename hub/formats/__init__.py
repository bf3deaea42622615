"""Dates and times as locale/README.md wants them: the 24-hour clock, months as words. Where nothing stands, Django's own hold."""
