"""The knowledge on disk: read strictly from YAML and CSV, built into SQLite, looked up and searched."""
