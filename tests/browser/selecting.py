"""Selecting words on the reading page as people do, and what came of it in the database."""

from playwright.sync_api import Page, expect

from annotations.models import Annotation, Fragment

# Where words stand on the screen: the middle of their first and of their last letter's edge.
_ENDS = """
(words) => {
  const text = document.getElementById("text");
  const from = text.textContent.indexOf(words);
  if (from < 0) throw new Error(`no such words: ${words}`);
  const range = document.createRange();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let passed = 0;
  while (walker.nextNode()) {
    const length = walker.currentNode.data.length;
    if (from >= passed && from < passed + length)
      range.setStart(walker.currentNode, from - passed);
    const to = from + words.length;
    if (to > passed && to <= passed + length) range.setEnd(walker.currentNode, to - passed);
    passed += length;
  }
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  if (SELECT) {
    document.activeElement.blur();
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
  const first = boxes[0], last = boxes.at(-1);
  return [first.left + 0.5, (first.top + first.bottom) / 2, last.right - 0.5,
    (last.top + last.bottom) / 2];
}
"""


def drag(page: Page, words: str) -> None:
    """Select words (left to right ones) with the mouse."""
    left, top, right, bottom = page.evaluate(_ENDS.replace("SELECT", "false"), words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, bottom, steps=3)
    page.mouse.move(right, bottom)
    page.mouse.up()


def select(page: Page, words: str) -> None:
    """Select words as a long press and its handles would, which a test cannot do."""
    page.evaluate(_ENDS.replace("SELECT", "true"), words)


def toolbar(page: Page, name: str) -> None:
    """Press a button of the toolbar that appears at a selection."""
    button = page.get_by_role("toolbar").get_by_role("button", name=name)
    expect(button).to_be_visible()
    button.tap() if page.evaluate("matchMedia('(pointer: coarse)').matches") else button.click()


def editor_opens(page: Page, kind: str) -> None:
    """Wait for the editor of a fresh annotation."""
    expect(page.locator("#editor h2")).to_contain_text(kind)
    expect(page.get_by_label("Speakers")).to_be_focused()


def exact(annotation: Annotation) -> list[str]:
    """The words of its fragments, after making sure that they are the text's."""
    found = Fragment.objects.filter(anchor__annotation=annotation).order_by("position")
    for one in found.select_related("anchor__revision"):
        assert one.anchor.revision.text[one.start : one.end] == one.exact
    return [one.exact for one in found]


def only() -> Annotation:
    """The one annotation there is."""
    return Annotation.objects.get()
