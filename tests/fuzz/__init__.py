"""Coverage-guided fuzzing of ``parse`` and ``Report.from_dict``. See README.md here."""
