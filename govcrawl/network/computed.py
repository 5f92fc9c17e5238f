"""Marks the links leading out of the site that the browser itself hides: by any style sheet, script or layer in force.

Each such link gets an attribute that names the technique, in the words of `govcrawl.pages.tampering.concealed`; the document gets
one that says that it was examined. Nothing else of the page changes.
"""

from typing import Final

MARK_CONCEALED: Final = """(mark) => {
  const number = (text) => parseFloat(text) || 0;
  const colour = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const wayOf = (link) => {
    let opacity = 1;
    for (let one = link; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.display === 'none') return 'display';
      opacity *= number(style.opacity);
      if (opacity < 0.05) return 'opacity';
      const box = one.getBoundingClientRect();
      if (style.display !== 'inline' && style.overflow !== 'visible' && (box.width <= 1 || box.height <= 1)) return 'size';
      if (/^rect\\(0px,? 0px,? 0px,? 0px\\)$/.test(style.clip) && style.position !== 'static') return 'clip';
      if (/inset\\((?:[5-9]\\d|100)%/.test(style.clipPath)) return 'clip';
    }
    const own = getComputedStyle(link);
    if (own.visibility !== 'visible') return 'visibility';
    const box = link.getBoundingClientRect();
    const left = box.left + scrollX, right = box.right + scrollX, bottom = box.bottom + scrollY;
    if (right < -500 || bottom < -500 || left > document.documentElement.scrollWidth + 500) return 'far';
    let leaf = link;
    while (leaf.children.length === 1 && leaf.textContent === leaf.children[0].textContent) leaf = leaf.children[0];
    if (!leaf.textContent.trim() || link.querySelector('img,svg,canvas')) return null;
    const style = getComputedStyle(leaf);
    let pictured = false, ground = [255, 255, 255];
    for (let one = leaf; one; one = one.parentElement) {
      const around = getComputedStyle(one);
      if (around.backgroundImage !== 'none') { pictured = true; break; }
      const seen = colour(around.backgroundColor);
      if (seen.length === 3 || seen[3] > 0.5) { ground = seen; break; }
    }
    if (!pictured && number(style.fontSize) < 3) return 'font';
    if (!pictured && number(style.textIndent) < -500) return 'indent';
    const ink = colour(style.color);
    if (ink.length === 4 && ink[3] < 0.05) return 'colour';
    return !pictured && [0, 1, 2].every((at) => Math.abs(ink[at] - ground[at]) <= 8) ? 'colour' : null;
  };
  document.documentElement.setAttribute(mark, 'looked');
  for (const link of [...document.querySelectorAll('a[href]')].slice(0, 3000)) {
    if (/^https?:$/.test(link.protocol) && link.hostname !== location.hostname) {
      const way = wayOf(link);
      if (way) link.setAttribute(mark, way);
    }
  }
}"""
