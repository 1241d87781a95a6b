import io
from pathlib import Path

from PIL import Image

from pages.parts.pdf_pages import picture

DECISION = next((Path(__file__).parents[2] / "plans").glob("*472*.pdf"))
QUOTE = "Tỷ lệ doanh nghiệp nộp thuế qua mạng đạt trên 95%."


def marked(png):
    image = Image.open(io.BytesIO(png))
    colours = image.getcolors(2**24)
    return sum(count for count, (red, green, blue) in colours if red > 240 and green > 200 and blue < 160)


def test_a_quotation_is_marked_on_its_page_and_on_no_other():
    assert marked(picture(DECISION, 5, QUOTE)) > 500
    assert marked(picture(DECISION, 6, QUOTE)) == 0
    assert marked(picture(DECISION, 5)) == 0


def test_text_under_the_mark_stays_as_dark():
    plain, with_mark = (
        Image.open(io.BytesIO(picture(DECISION, 5, quote))).convert("L") for quote in ("", QUOTE)
    )
    assert plain.getextrema()[0] == with_mark.getextrema()[0]
