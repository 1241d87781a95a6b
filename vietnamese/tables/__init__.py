"""Knowledge as data: tables that a Vietnamese speaker can read and extend without reading code.

`table("provinces")` gives the contents of provinces.toml beside this file. Nothing is read on import.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `<name>.toml`, read once. Callers must not change it."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
