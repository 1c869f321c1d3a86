"""What a text says: words, names, numbers and amounts found in it, in any language of the lexicon."""
