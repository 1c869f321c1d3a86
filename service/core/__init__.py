"""The pure core: quantities with provenance, the records of the knowledge base, calculators and answers."""
