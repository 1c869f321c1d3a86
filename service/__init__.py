"""Wattcite: sourced answers about the energy use of AI."""

__version__ = "0.1.0"
