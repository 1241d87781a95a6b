"""What pages are made of: one component or one piece of plain logic a file."""
