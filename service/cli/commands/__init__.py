"""ONE FILE = ONE COMMAND: each module here holds its click command as `command`, under the name of the module."""
