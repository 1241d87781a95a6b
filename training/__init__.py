"""Training of the bundled embedding model: text corpora in, a sentence-transformers folder out."""
