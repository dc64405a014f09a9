// Every layer and every end has a name of its own, however the user's are.
import { layerKeys, ownNames } from './layer-keys.js';

it.each([
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [
    ['a', 'a', 'a'],
    ['a', 'a#2', 'a#3'],
  ],
  [
    ['a', 'a', 'a#2'],
    ['a', 'a#3', 'a#2'],
  ],
  [
    ['a#2', 'a', 'a'],
    ['a#2', 'a', 'a#3'],
  ],
  [
    ['a#2', 'a#2', 'a', 'a'],
    ['a#2', 'a#2#2', 'a', 'a#3'],
  ],
])('%j', (names, own) => {
  expect(ownNames(names)).toEqual(own);
});

it('are those of operators where layers have none, without what could move a cursor', () => {
  const node = (origin: string): { readonly origin: string; readonly kind: string } => ({ origin, kind: 'RELU' });
  const keys = layerKeys({ nodes: [node(''), node('a\u0001'), node('a\u0002'), node('')] });
  expect(new Set(keys).size).toBe(4);
  expect(keys[0]).toBe('RELU');
  expect(keys.join('')).not.toMatch(/[\u0000-\u001f]/);
});
