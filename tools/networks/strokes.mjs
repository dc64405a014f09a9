// Pen strokes: bent as a hand bends them, and drawn into a picture with soft edges.

/** @typedef {readonly (readonly [number, number])[]} Stroke points in a unit square, x to the right and y down */

/** Cuts the corners of a stroke (Chaikin 1974): what was drawn with a ruler becomes a curve. Ends stay. */
export function smoothed(stroke, times = 2) {
  if (times === 0) return stroke;
  const inner = stroke.slice(1).flatMap(([x, y], i) => {
    const [fromX, fromY] = stroke[i];
    return [0.25, 0.75].map((t) => [fromX + t * (x - fromX), fromY + t * (y - fromY)]);
  });
  return smoothed([stroke[0], ...inner, stroke.at(-1)], times - 1);
}

/**
 * Inks what is nearer to a stroke than its half width; the edge is one pixel wide.
 * @param {Float64Array} ink share of ink of each pixel, [side, side]; changed where the stroke is darker
 * @param {number} side of the picture, in pixels
 * @param {Stroke} points in pixels
 * @param {number} halfWidth in pixels
 */
export function drawStroke(ink, side, points, halfWidth) {
  const reach = halfWidth + 1;
  const first = (a, b) => Math.max(0, Math.floor(Math.min(a, b) - reach));
  const last = (a, b) => Math.min(side - 1, Math.ceil(Math.max(a, b) + reach));
  points.slice(1).forEach((to, i) => {
    const from = points[i];
    for (let y = first(from[1], to[1]); y <= last(from[1], to[1]); y++)
      for (let x = first(from[0], to[0]); x <= last(from[0], to[0]); x++) {
        const share = Math.min(1, Math.max(0, halfWidth + 0.5 - distance(x + 0.5, y + 0.5, from, to)));
        if (share > ink[y * side + x]) ink[y * side + x] = share;
      }
  });
}

/** Of the point (x, y) from the line between two points. */
function distance(x, y, [fromX, fromY], [toX, toY]) {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length));
  return Math.sqrt((x - fromX - t * dx) ** 2 + (y - fromY - t * dy) ** 2);
}
