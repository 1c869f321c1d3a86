"""One file, one calculator; every module here is imported by `discover` and registers itself."""
