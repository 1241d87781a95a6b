"""What the program says and what it asks a language model, as data: no sentence stands in the code."""
