"""Small screens, keyboards, contrast, the page's language."""

import pytest

from tests.browser.driving import FIRST_EXAMPLE, ask_first_example, open_citation, settle

ADDRESSES = ("/", "/figures", "/documents")


def wait_until_drawn(page, address):
    marker = {"/": ".st-key-examples", "/figures": "[data-testid=stDataFrame]", "/documents": ".hq-card"}[
        address
    ]
    page.locator(marker).first.wait_for()


@pytest.mark.parametrize("width", [360, 640])  # 640 is 1280 at 200%
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_wider_than_a_narrow_screen(server, open_page, address, width):
    page = open_page(server.url + address, width=width, height=740)
    wait_until_drawn(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_figure_and_source(server, open_page):
    page = open_page(server.url, width=360, height=740)
    ask_first_example(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".hq-value").first.is_visible()
    box = open_citation(page).locator(".hq-quote").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_a_question_is_asked_and_its_source_opened_with_the_keyboard_alone(page):
    page.locator(".st-key-examples").wait_for()
    settle(page)
    focus_on(page, FIRST_EXAMPLE)
    page.keyboard.press("Enter")
    page.locator(".hq-answer").wait_for()
    settle(page)
    focus_on(page, "1 · ")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").locator("mark").first.wait_for()
    settle(page)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


def focus_on(page, name):
    """Press Tab until the button is focused; everything on the page is within forty steps."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("[document.activeElement.tagName, document.activeElement.innerText || '']")
        if focused[0] == "BUTTON" and name in focused[1]:
            return
    pytest.fail(f"Tab does not reach {name!r}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_a_contrast_of_at_least_four_and_a_half(server, open_page, scheme):
    page = open_page(server.url, color_scheme=scheme)
    ask_first_example(page)
    open_citation(page)
    ours = (
        ".hq-answer *, .hq-question, .hq-note, .hq-source *, .hq-passage *, .hq-quote, [role=dialog] button *"
    )
    too_faint = page.evaluate(_CONTRAST, ours)
    assert not too_faint


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_that_contrast(server, open_page, address, scheme):
    page = open_page(server.url + address, color_scheme=scheme)
    wait_until_drawn(page, address)
    settle(page)
    assert not page.evaluate(_CONTRAST, "[data-testid=stApp] *")


_CONTRAST = """(selector) => {
  const parse = (colour) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const faint = [];
  for (const element of document.querySelectorAll(selector)) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    if (!text.length || !element.getClientRects().length || element.closest("[disabled]")) continue;
    const below = ground(element);
    const colour = over(parse(getComputedStyle(element).color), below);
    const [a, b] = [light(colour), light(below)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${element.className} ${text[0].data.slice(0, 40)}`);
  }
  return faint;
}"""


def test_the_page_says_which_language_it_is_in(page):
    page.wait_for_function("document.documentElement.lang === 'vi'")
