"""Domain values that tests of the page build on."""

from decimal import Decimal
from typing import Any

from domain.figures import Comparator, Figure, Quantity, Role


def figure(**changed):
    given: dict[str, Any] = {
        "figure_id": "f1",
        "document_id": "a" * 64,
        "passage_id": "a" * 16 + "-0000",
        "indicator": "doanh nghiệp nộp thuế",
        "quantity": Quantity(Decimal(95), "%", Decimal(95), "%", Comparator.GREATER),
        "role": Role.TARGET,
        "span": (4, 12),
        "clause": (0, 13),
        "year": 2030,
        "place": "Bắc Giang",
    }
    return Figure(**(given | changed))
