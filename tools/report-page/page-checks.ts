// What is looked at in a page that is open: expressions that run in the browser.

/** Pixels by which the page is wider than the screen; what scrolls in a region of its own does not count. */
export const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Texts of charts that lie over each other, or out of their chart. */
export const crowded = `(() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    for (const [i, { text, box }] of texts.entries()) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 2) found.push('out: ' + text);
      for (const other of texts.slice(i + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 1 && down > 4) found.push(text + ' / ' + other.text);
      }
    }
  }
  return found;
})()`;

/**
 * Texts whose colour has less than 4.5 to 1 against what is behind them (WCAG 2, section 1.4.3), at any point of them: in charts that
 * are the shapes that were painted before. What is painted after a text covers it.
 */
export const faint = `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) =>
    [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      layers.push(colour.length < 4 ? [...colour, 1] : colour);
    }
    return layers.reverse().reduce((under, [r, g, b, a]) => under.map((u, i) => u * (1 - a) + [r, g, b][i] * a), [255, 255, 255]);
  };
  const over = (under, [r, g, b, a = 1], opacity) => under.map((u, i) => u * (1 - a * opacity) + [r, g, b][i] * a * opacity);
  const holds = (box, x, y) => x > box.left && x < box.right && y > box.top && y < box.bottom;
  const filled = (svg) => [...svg.querySelectorAll('rect, circle')].flatMap((shape) => {
    const { fill, fillOpacity } = getComputedStyle(shape);
    return fill === 'none' ? [] : [{ shape, box: shape.getBoundingClientRect(), fill: channels(fill), opacity: Number(fillOpacity) }];
  });
  // Every other pixel of a line through the letters; an outline that is painted first hides what is behind.
  const grounds = (text, style) => {
    const shapes = filled(text.closest('svg'));
    const isBefore = ({ shape }) => (text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const points = Array.from({ length: Math.ceil((right - left) / 2) }, (_, i) => left + 2 * i + 1)
      .flatMap((x) => [0.3, 0.5, 0.7].map((share) => [x, top + share * (bottom - top)]));
    const hasOutline = style.paintOrder.startsWith('stroke') && parseFloat(style.strokeWidth) >= 4;
    return points.map(([x, y]) => {
      const there = shapes.filter(({ box }) => holds(box, x, y));
      if (there.some((shape) => !isBefore(shape))) return undefined;
      if (hasOutline) return channels(style.stroke);
      return there.reduce((under, { fill, opacity }) => over(under, fill, opacity), behind(text));
    });
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (textContent.trim() === '' || parentElement.closest('script, title, desc')) continue;
    const style = getComputedStyle(parentElement);
    const isInChart = parentElement.closest('svg') !== null;
    const colour = channels(isInChart ? style.fill : style.color);
    const ratios = (isInChart ? grounds(parentElement, style) : [behind(parentElement)]).map((ground) => {
      if (ground === undefined) return 0;
      const [light, dark] = [luminance(colour), luminance(ground)].sort((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05);
    });
    const ratio = Math.min(...ratios);
    if (ratio < 4.5) found.push(ratio.toFixed(2) + ' ' + textContent.trim().slice(0, 40));
  }
  return found;
})()`;

/** Of the first sortable table in a section: what its column is sorted by, row by row. */
export const keysOf = (section: string, column: number): string =>
  `[...document.querySelector('#${section} table.sortable').tBodies[0].rows].map((row) => row.cells[${column}].dataset.by ?? row.cells[${column}].textContent)`;

export const sortStateOf = (section: string, column: number): string =>
  `document.querySelector('#${section} table.sortable').tHead.rows[0].cells[${column}].getAttribute('aria-sort')`;

export const buttonOf = (section: string, column: number): string =>
  `document.querySelector('#${section} table.sortable').tHead.rows[0].cells[${column}].querySelector('button')`;
