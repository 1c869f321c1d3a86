"""Tools for chatbots: every calculator and look-up, one schema each, and one file for each dialect."""
