"""The command line, under `service.__main__`. Each command imports what it needs when it runs, so that none waits for another."""
