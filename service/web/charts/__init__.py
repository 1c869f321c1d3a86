"""Charts: figures and answers as a picture (SVG), as a table (CSV) and as data, all made of one model."""
