/**
 * What is wrong with the layout of the page as it is now: texts cut without an ellipsis, things outside the window, texts and
 * controls that lie on one another. Runs inside the page (`page.evaluate(findFaults)`), so it uses nothing from outside itself.
 */
export function findFaults(): string[] {
  /** Rounding, and the part of a line's box in which no ink is. */
  const SLACK = 2;
  interface Box {
    left: number;
    top: number;
    right: number;
    bottom: number;
  }
  interface Piece extends Box {
    element: Element;
    name: string;
    what: 'text' | 'control' | 'mark';
  }
  const faults = new Set<string>();
  const width = document.documentElement.clientWidth;
  const height = document.documentElement.clientHeight;

  const styles = new Map<Element, CSSStyleDeclaration>();
  function styleOf(element: Element): CSSStyleDeclaration {
    let style = styles.get(element);
    if (!style) {
      style = getComputedStyle(element);
      styles.set(element, style);
    }
    return style;
  }
  const parents = (element: Element): Element[] => {
    const list: Element[] = [];
    for (let at: Element | null = element; at; at = at.parentElement) list.push(at);
    return list;
  };
  const short = (text: string) => {
    const one = text.replace(/\s+/g, ' ').trim();
    return one.length > 60 ? `${one.slice(0, 59)}…` : one;
  };
  const round = (box: Box) => `${Math.round(box.left)},${Math.round(box.top)}–${Math.round(box.right)},${Math.round(box.bottom)}`;

  /** Meant for screen readers alone, or faded out: nobody sees it. */
  function isUnseen(element: Element): boolean {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
    return parents(element).some((parent) => {
      const box = parent.getBoundingClientRect();
      const style = styleOf(parent);
      const clips = style.overflowX !== 'visible' || style.clip !== 'auto' || style.clipPath !== 'none';
      return clips && box.width <= 1 && box.height <= 1;
    });
  }

  function hasEllipsis(element: Element): boolean {
    const style = styleOf(element);
    const clamped = style.webkitLineClamp !== 'none' && style.webkitLineClamp !== '';
    const block = !/flex|grid/.test(style.display);
    return clamped || (block && style.textOverflow === 'ellipsis' && style.overflowX !== 'visible');
  }

  const intersect = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const hasArea = (box: Box, slack = 0) => box.right - box.left > slack && box.bottom - box.top > slack;

  /**
   * The part of the box that its ancestors let through. Reports what they cut, unless it can be scrolled to, or ends in an
   * ellipsis. Undefined when nothing of it shows.
   */
  function seenPart(element: Element, box: Box, name: string, isText: boolean): Box | undefined {
    let seen: Box = box;
    let ellipsis = false;
    let scrolledX = false;
    let scrolledY = false;
    for (const parent of parents(element)) {
      const style = styleOf(parent);
      if (isText && hasEllipsis(parent)) ellipsis = true;
      const clipsX = style.overflowX !== 'visible';
      const clipsY = style.overflowY !== 'visible';
      if (clipsX || clipsY) {
        const outer = parent.getBoundingClientRect();
        const inside = {
          left: clipsX ? outer.left : -Infinity,
          right: clipsX ? outer.right : Infinity,
          top: clipsY ? outer.top : -Infinity,
          bottom: clipsY ? outer.bottom : Infinity,
        };
        if (/auto|scroll/.test(style.overflowX) && parent.scrollWidth > parent.clientWidth) scrolledX = true;
        if (/auto|scroll/.test(style.overflowY) && parent.scrollHeight > parent.clientHeight) scrolledY = true;
        const cutX = seen.left < inside.left - SLACK || seen.right > inside.right + SLACK;
        const cutY = seen.top < inside.top - SLACK || seen.bottom > inside.bottom + SLACK;
        if (cutX && !ellipsis && !scrolledX) faults.add(`cut sideways: ${name} (${round(box)})`);
        if (cutY && !ellipsis && !scrolledY) faults.add(`cut in height: ${name} (${round(box)})`);
        seen = intersect(seen, inside);
        if (!hasArea(seen)) return undefined;
      }
      if (style.position === 'fixed') break;
    }
    const outside = seen.left < -SLACK || seen.top < -SLACK || seen.right > width + SLACK || seen.bottom > height + SLACK;
    if (outside) faults.add(`outside the window: ${name} (${round(box)})`);
    return seen;
  }

  const pieces: Piece[] = [];

  // Texts, line by line.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent ?? '';
    if (!element || !text.trim() || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'TITLE', 'TEXTAREA', 'OPTION'].includes(element.tagName)) continue;
    if (isUnseen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const name = `“${short(text)}”`;
      const seen = seenPart(element, rect, name, true);
      if (seen) pieces.push({ ...seen, element, name, what: 'text' });
    }
  }

  // Controls and marks.
  const controls =
    'button, a[href], input, textarea, select, [role=button], [role=option], [role=tab], [role=menuitem], [role=radio], [role=switch]';
  for (const element of document.querySelectorAll(`${controls}, svg, kbd, img`)) {
    if (isUnseen(element)) continue;
    if (element.tagName === 'svg' && element.parentElement?.closest('svg')) continue;
    const rect = element.getBoundingClientRect();
    if (rect.width < 2 || rect.height < 2) continue;
    const isControl = element.matches(controls);
    const said = element.getAttribute('aria-label') ?? element.textContent ?? '';
    const name = `<${element.tagName.toLowerCase()} ${short(said || element.getAttribute('class') || '')}>`;
    const seen = seenPart(element, rect, name, false);
    if (!seen) continue;
    const isTyped = element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(element.type);
    if (isTyped || element instanceof HTMLTextAreaElement) {
      const style = styleOf(element);
      const from = rect.left + Number.parseFloat(style.paddingLeft);
      const to = rect.right - Number.parseFloat(style.paddingRight);
      // What a person typed scrolls with the caret; what we put there has to fit.
      const ours = element.value === '' ? element.placeholder : element.readOnly ? element.value : '';
      const ruler = document.createElement('canvas').getContext('2d');
      let end = to;
      if (ruler && (ours || element.value === '')) {
        ruler.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const length = ruler.measureText(ours).width;
        const wraps = element instanceof HTMLTextAreaElement && rect.height > 2 * Number.parseFloat(style.lineHeight);
        if (length > to - from + SLACK && style.textOverflow !== 'ellipsis' && !wraps)
          faults.add(`cut sideways: “${short(ours)}” in a field (${round(rect)})`);
        end = Math.min(to, from + length);
      }
      // Beside its text a field may hold a mark or a key; the text itself may not be under anything.
      seen.left = Math.max(seen.left, from);
      seen.right = Math.min(seen.right, end);
      if (!hasArea(seen)) continue;
    }
    pieces.push({ ...seen, element, name, what: isControl ? 'control' : 'mark' });
  }

  /** What lies above the page on purpose, with a ground of its own: a menu, a dialog, a message. */
  function layerOf(element: Element): Element {
    return (
      parents(element).find((parent) => {
        const style = styleOf(parent);
        const lifted = (style.position === 'absolute' || style.position === 'fixed') && style.zIndex !== 'auto' && Number(style.zIndex) > 0;
        return lifted && !/rgba\(.*, 0\)|transparent/.test(style.backgroundColor);
      }) ?? document.body
    );
  }

  pieces.sort((a, b) => a.top - b.top);
  for (const [index, a] of pieces.entries()) {
    for (let next = index + 1; next < pieces.length; next++) {
      const b = pieces[next];
      if (!b || b.top >= a.bottom - SLACK) break;
      const common = intersect(a, b);
      if (!hasArea(common, SLACK)) continue;
      if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
      if (layerOf(a.element) !== layerOf(b.element)) continue;
      // Both are under something else, such as a menu: nobody sees it.
      const top = document.elementFromPoint((common.left + common.right) / 2, (common.top + common.bottom) / 2);
      if (top && layerOf(top) !== layerOf(a.element)) continue;
      faults.add(`on one another: ${a.name} (${round(a)}) and ${b.name} (${round(b)})`);
    }
  }

  for (const element of [document.documentElement, document.body]) {
    if (element.scrollWidth > element.clientWidth + 1)
      faults.add(`the page scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`);
    if (element.scrollHeight > element.clientHeight + 1) faults.add(`the page scrolls: ${element.scrollHeight} in ${element.clientHeight}`);
  }
  for (const element of document.querySelectorAll('*')) {
    const scrolls = /auto|scroll/.test(styleOf(element).overflowX) && !(element instanceof HTMLInputElement);
    if (scrolls && element.scrollWidth > element.clientWidth + 1 && !isUnseen(element))
      faults.add(
        `scrolls sideways: <${element.tagName.toLowerCase()} ${short(element.className.toString())}> ${element.scrollWidth} in ${element.clientWidth}`,
      );
  }
  return [...faults].sort();
}
