"""From a file to a document: readers (one a format), outline, metadata, passages, figures."""
