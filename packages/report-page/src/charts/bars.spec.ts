// Bars are as wide as what they show: a track that is there is all of it.
import { bars } from './bars.js';

const options = { id: 'b', title: 'Shares', description: '' };
const shares = [0.4, 0.3, -0.1].map((value) => ({ label: `at ${value}`, value, shown: '' }));
const rects = (html: string): readonly string[] =>
  [...html.matchAll(/<rect[^>]*?width="([^"]+)"[^>]*?class="([^"]+)"/g)].map(([, width, kind]) => `${kind} ${width}`);

it('are shares of the whole on a track that is the whole', () => {
  const { html } = bars(options, shares, 1);
  // What is less than nothing is as wide as it is much, and of another colour.
  expect(rects(html)).toEqual(['track 100%', 'plain 40%', 'track 100%', 'plain 30%', 'track 100%', 'muted 10%']);
});

it('are beside each other without one where there is no whole', () => {
  const sizes = [4000, 1000].map((value) => ({ label: `${value}`, value, shown: '' }));
  expect(rects(bars(options, sizes).html)).toEqual(['plain 100%', 'plain 25%']);
});
