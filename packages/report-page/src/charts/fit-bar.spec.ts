// What is known of a size is said: a bound that fits is no promise that the model does.
import { fitBar } from './fit-bar.js';

function titleOf(used: number, atLeast: boolean): readonly [title: string, isGreen: boolean] {
  const { html } = fitBar({ label: 'RAM', used, available: 2000, words: 'The arena.' }, 'fit-0', atLeast);
  return [/<title[^>]*>([^<]*)</.exec(html)![1]!, html.includes('class="good"')];
}

it.each([
  [1000, false, 'RAM: it fits', true],
  [1000, true, 'RAM: may fit: at least 1,000 bytes', false],
  [2500, false, 'RAM: it does not fit', false],
  [2500, true, 'RAM: it does not fit', false],
])('of %d bytes, as a bound %s', (used, atLeast, title, isGreen) =>
  expect(titleOf(used, atLeast)).toEqual([title, isGreen]),
);

it('says of a bound by how much at least it is too much', () => {
  const { html } = fitBar({ label: 'RAM', used: 2500, available: 2000, words: '' }, 'fit-0', true);
  expect(html.match(/at least 500 bytes too many/g)).toHaveLength(2);
});
