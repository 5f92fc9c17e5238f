"""Puts the content of frames into the page around them, because a reader sees one page.

Only frames of the same origin can be read; the others stay links. A frame that a reader does not see adds nothing. A frame that
was put in keeps its address under another name (`pages.answers.moves.BROUGHT_IN`), because that page has been read; all others are
still to be read. References within a frame are made absolute: they are relative to the frame's own address.
"""

from typing import Final

MOST_FRAMES: Final = 12  # of one page, those within frames included

BRING_FRAMES_IN: Final = """([most, mark]) => {
  let left = most;
  const REFERENCES = ['href', 'src', 'action', 'background', 'data'];
  const seen = (frame) => {
    const style = frame.ownerDocument.defaultView.getComputedStyle(frame);
    const box = frame.getBoundingClientRect();
    return style.display !== 'none' && style.visibility === 'visible' && box.width > 1 && box.height > 1;
  };
  const within = (frame) => { try { return frame.contentDocument; } catch { return null; } };
  const whole = (part, base) => {
    for (const name of REFERENCES) {
      for (const one of part.querySelectorAll(`[${name}]`)) {
        const written = one.getAttribute(name).trim();
        if (!written || /^(?:#|[a-z][a-z0-9+.-]*:)/i.test(written)) continue;
        try { one.setAttribute(name, new URL(written, base).href); } catch { /* stays as it is written */ }
      }
    }
  };
  // The body of a document as one element, what its frames show behind each of them.
  const body_of = (doc) => {
    const copy = doc.body.cloneNode(true);
    const copies = copy.querySelectorAll('frame, iframe');
    [...doc.body.querySelectorAll('frame, iframe')].forEach((frame, at) => {
      const standing = document.createElement('iframe');
      for (const { name, value } of frame.attributes) if (name !== mark) standing.setAttribute(name, value);
      copies[at].replaceWith(standing, ...brought(frame, standing));
    });
    for (const set of copy.querySelectorAll('frameset')) set.replaceWith(...set.childNodes);
    return copy;
  };
  const brought = (frame, standing) => {
    const inner = within(frame);
    if (!inner || !inner.body || !seen(frame) || left <= 0) return [];
    left -= 1;
    const part = document.createElement('div');
    for (const style of inner.querySelectorAll('head style')) part.append(document.importNode(style, true));
    part.append(...document.importNode(body_of(inner), true).childNodes);
    whole(part, inner.baseURI);
    if (!part.textContent.trim() && !part.querySelector('a, img')) return [];
    standing.setAttribute(mark, frame.src);
    standing.removeAttribute('src');
    return [part];
  };
  if (document.body?.tagName === 'FRAMESET') {
    const body = document.createElement('body');
    body.append(...body_of(document).childNodes);
    document.body = body;
  } else {
    for (const frame of document.querySelectorAll('frame, iframe')) {
      frame.removeAttribute(mark);
      frame.after(...brought(frame, frame));
    }
  }
}"""
