"""Vietnamese text: folding, numbers, dates, abbreviations and places. Text in, values out, no I/O."""
