"""Whether what a model wrote stands in the evidence that it cites: sentences in, checked sentences out."""
