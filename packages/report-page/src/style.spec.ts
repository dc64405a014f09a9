// Nothing is drawn in a class that the style does not have, and no caption tells of a pattern that is not drawn.
import { renderPage } from './render-page.js';
import { style } from './style.js';
import { wholePage } from './testing/whole-page.js';

it('has every class of a shape', () => {
  const page = renderPage(wholePage());
  const shapes = [...page.matchAll(/<(?:rect|line|text|path|polyline)\b[^>]*? class="([^"]+)"/g)];
  const classes = new Set(shapes.flatMap(([, names]) => names!.split(/\s+/)));
  expect(classes.size).toBeGreaterThan(8);
  expect([...classes].filter((name) => !new RegExp(`\\.${name}\\b`).test(style))).toEqual([]);
});

it('draws no hatching, and tells of none', () => expect(renderPage(wholePage())).not.toMatch(/hatch/i));
