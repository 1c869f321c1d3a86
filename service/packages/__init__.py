"""Packages of others that are asked for their own results where they are installed. One file is one package."""
