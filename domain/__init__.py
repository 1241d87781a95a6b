"""The types that flow through the program and the errors it raises.

No I/O, no vendor types, no imports from any other package of the project.
"""
