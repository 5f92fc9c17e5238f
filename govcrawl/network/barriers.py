"""Examines a drawn page for barriers to people with disabilities: what of GB/T 37668 a machine can see, by axe-core.

Only what axe-core calls a violation counts; what it leaves open (text on a picture, for one) is left open. Each question is given up
when the time of the examination is over, and is then no aspect of the page that was examined.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Error as PlaywrightError

from govcrawl.pages.markup.furniture import ACCESSIBILITY_ENTRY, LONGEST_NAME
from govcrawl.records.barrier_words import BarrierAspect, EntryAnswer
from govcrawl.records.items import Barrier, ExaminedPage
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import Page
    from playwright.async_api import Request as PlaywrightRequest
    from playwright.async_api import Response as PlaywrightResponse

    from govcrawl.network.requests import Examination

RULES: Final[Mapping[BarrierAspect, tuple[str, ...]]] = {
    BarrierAspect.ALTERNATIVE: (
        "image-alt",
        "input-image-alt",
        "area-alt",
        "object-alt",
        "svg-img-alt",
        "role-img-alt",
    ),
    BarrierAspect.LABEL: ("label", "select-name", "button-name", "input-button-name", "link-name"),
    BarrierAspect.LANGUAGE: ("html-has-lang", "html-lang-valid", "valid-lang"),
    BarrierAspect.CONTRAST: ("color-contrast",),
    BarrierAspect.KEYBOARD: ("server-side-image-map",),
}
"""Aspect → the rules of axe-core that speak of it."""

CLICK_ONLY: Final = "click-only"  # our own rule
_ASPECT_OF: Final = {rule: aspect for aspect, rules in RULES.items() for rule in rules} | {
    CLICK_ONLY: BarrierAspect.KEYBOARD
}
_SAMPLES = 3
_SAMPLE_LENGTH = 200  # characters of markup
_LOAD_S = 1.0  # longest wait for what the page loads
_FAILED = 400  # status from which a style sheet or script did not come

_AXE = """async (rules) => {
  const dots = ['img[width="1"]', 'img[height="1"]', 'img[width="0"]', 'img[height="0"]'];
  const found = await axe.run({include: [['html']], exclude: dots.map((one) => [one])}, {
    runOnly: {type: 'rule', values: rules}, resultTypes: ['violations'], iframes: false, preload: false, elementRef: true,
  });
  // Pictures are not fetched, so text that may lie on one is not judged.
  const onPicture = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (getComputedStyle(one).position !== 'static' && one.parentElement?.querySelector('img, video, canvas, svg')) return true;
    }
    return false;
  };
  return found.violations.map((one) => {
    const nodes = one.nodes.filter((node) => one.id !== 'color-contrast' || (node.element && !onPicture(node.element)));
    return {rule: one.id, count: nodes.length, samples: nodes.slice(0, 3).map((node) => node.html)};
  }).filter((one) => one.count);
}"""

# Elements that act on a click, that the keyboard never reaches, and whose act nothing within reach does as well.
_CLICK_ONLY = """() => {
  const reach = 'a[href], button, input, select, textarea, summary, label, area[href], iframe, [tabindex], [contenteditable]';
  const acts = new Set([...document.querySelectorAll(reach)].map((one) => one.getAttribute('onclick')).filter(Boolean));
  const shown = (one) => one.getClientRects().length && getComputedStyle(one).visibility === 'visible';
  const found = [...document.querySelectorAll('body [onclick]')].filter((one) => !one.matches(reach) && shown(one)
    && !one.closest(reach) && !one.querySelector(reach) && !one.closest('[aria-hidden=true]') && !acts.has(one.getAttribute('onclick')));
  return {count: found.length, samples: found.slice(0, 3).map((one) => one.outerHTML)};
}"""

# Clicks the entry and says what came of it. A page that is in motion of its own accord is given a moment to show where.
_TRY_ENTRY = """async ([words, longest, patience, answer]) => {
  const called = new RegExp(words), squeezed = (text) => (text || '').replace(/\\s+/g, '');
  const names = (one) => [
    [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(''),
    ...['title', 'alt', 'value', 'aria-label'].map((name) => one.getAttribute(name)),
  ].map(squeezed).filter((name) => name && name.length <= longest);
  const marked = [...document.querySelectorAll('a, button, span, div, li, label, img, input, i, b, p, [role=button]')]
    .filter((one) => one.getClientRects().length && names(one).some((name) => called.test(name)));
  const entry = marked[0];
  if (!entry) return [answer.NONE, null];
  const text = names(entry).find((name) => called.test(name));
  const opener = entry.closest('a[href], button, [onclick], [role=button]') || entry;
  const href = opener.getAttribute('href') || '';
  if (href && !/^(#|javascript:)/i.test(href.trim()) && !opener.getAttribute('onclick')) return [answer.LINK, text];
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const moving = new Set(), touched = new Set();
  let now = moving, acted = false;
  const watch = new MutationObserver((changes) => changes.forEach((change) => now.add(change.target)));
  const all = {attributes: true, childList: true, characterData: true, subtree: true};
  watch.observe(document, all);
  for (const one of document.querySelectorAll('*')) if (one.shadowRoot) watch.observe(one.shadowRoot, all);
  const stored = () => document.cookie + JSON.stringify(localStorage);
  let before;
  try { before = stored(); } catch { before = null; }
  const place = location.href, at = [scrollX, scrollY].join(), open = window.open, speak = window.speechSynthesis?.speak;
  window.open = () => { acted = true; return null; };
  window.alert = window.confirm = window.prompt = () => { acted = true; };
  if (speak) window.speechSynthesis.speak = () => { acted = true; };
  for (const kind of ['change', 'submit', 'beforeunload', 'fullscreenchange']) addEventListener(kind, () => { acted = true; }, true);
  const asked = performance.getEntriesByType('resource').length;
  await wait(150);
  watch.takeRecords().forEach((change) => moving.add(change.target));
  now = touched;
  opener.click();
  for (const end = performance.now() + patience; performance.now() < end && !acted; await wait(25)) {
    acted = [...touched].some((one) => !moving.has(one)) || location.href.split('#')[0] !== place.split('#')[0]
      || (location.hash.length > 1 && location.href !== place) || [scrollX, scrollY].join() !== at
      || performance.getEntriesByType('resource').length > asked;
    try { acted = acted || (before !== null && stored() !== before); } catch { /* storage is forbidden */ }
  }
  if (acted) return [answer.WORKS, text];
  const unseen = [...document.querySelectorAll('iframe, frame')].length || [...document.querySelectorAll('*')].some((one) => one.localName.includes('-'));
  return [unseen ? answer.UNSURE : answer.IDLE, text];
}"""
_PATIENCE_S = 0.5
_ANSWERS: Final = {answer.name: answer.value for answer in EntryAnswer}
_GIVING_UP_S = 0.05  # what it takes to end an examination: the whole stays within its seconds


def watch(examination: Examination) -> dict[str, Any]:
    """Handlers of the page's events that note which style sheets and scripts it lacks, so that its reader sees another page than we."""

    def lost(request: PlaywrightRequest) -> None:
        examination.lost.add(request.resource_type)

    def answered(response: PlaywrightResponse) -> None:
        if response.status >= _FAILED:
            examination.lost.add(response.request.resource_type)

    return {"requestfailed": lost, "response": answered}


async def examine(page: Page, examination: Examination) -> None:
    """Examine a page that has begun to come; the result is `examination.page`. Raises nothing but what ends the page."""
    started = monotonic()

    def left() -> float:
        return examination.seconds - (monotonic() - started)

    result = ExaminedPage(page.url, examination.kind, Outcome.BUDGET_SPENT, 0.0)
    examination.page = result
    try:
        async with asyncio.timeout(examination.seconds - _GIVING_UP_S):
            with suppress(PlaywrightError):
                await page.wait_for_load_state("load", timeout=min(_LOAD_S, left()) * 1000)
            loaded = await page.evaluate("document.readyState") == "complete"
            framed = await page.evaluate("!document.body || document.body.localName === 'frameset'")
            await page.evaluate(AXE_SCRIPT)
            aspects = [
                aspect
                for aspect in RULES
                if aspect is BarrierAspect.LANGUAGE or not (framed or aspect is BarrierAspect.CONTRAST)
            ]
            found = await page.evaluate(_AXE, [rule for aspect in aspects for rule in RULES[aspect]])
            result.barriers += _barriers(found)
            if not framed:
                clicks = await page.evaluate(_CLICK_ONLY)
                result.barriers += _barriers([clicks | {"rule": CLICK_ONLY}] if clicks["count"] else [])
            result.outcome, result.aspects = Outcome.OK, [*aspects]
            if loaded and not framed and "stylesheet" not in examination.lost:
                result.barriers += _barriers(await page.evaluate(_AXE, list(RULES[BarrierAspect.CONTRAST])))
                result.aspects.append(BarrierAspect.CONTRAST)
            if examination.kind == "home" and not framed:
                sure = await page.evaluate("document.readyState") == "complete"
                word, result.entry_text = await page.evaluate(
                    _TRY_ENTRY,
                    [ACCESSIBILITY_ENTRY, LONGEST_NAME, _PATIENCE_S * 1000, _ANSWERS],
                )
                sure = sure and "script" not in examination.lost
                result.entry = (
                    EntryAnswer.UNSURE if word == EntryAnswer.IDLE and not sure else EntryAnswer(word)
                )
    except TimeoutError:
        pass
    except PlaywrightError:  # it went on, or forbids what was asked
        if result.outcome is not Outcome.OK:
            result.outcome = Outcome.RENDER_FAILED
        elif examination.kind == "home" and BarrierAspect.CONTRAST in result.aspects:
            result.entry = EntryAnswer.UNSURE
    finally:
        result.url = page.url
        result.browser_s = round(monotonic() - started, 3)


def _barriers(found: list[dict[str, Any]]) -> list[Barrier]:
    return [
        Barrier(
            _ASPECT_OF[one["rule"]],
            one["rule"],
            one["count"],
            [markup[:_SAMPLE_LENGTH] for markup in one["samples"][:_SAMPLES]],
        )
        for one in found
    ]
