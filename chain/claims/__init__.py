"""A text cut into claims that can be looked up in the plans: text in, assertions out, nothing compared."""
