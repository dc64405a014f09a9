// Which places of a filter lie on the input together.
import { windowPatterns } from './window-patterns.js';

const attributes = { padding: 'SAME', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 } as const;

it('knows one pattern without padding, and those of the border with it', () => {
  const whole = [[0, 1, 2, 3, 4, 5, 6, 7, 8]];
  expect(windowPatterns([1, 5, 5, 2], [4, 3, 3, 2], { ...attributes, padding: 'VALID' })).toEqual(whole);
  const patterns = windowPatterns([1, 5, 5, 2], [4, 3, 3, 2], attributes);
  expect(patterns).toHaveLength(9);
  expect(patterns).toContainEqual(whole[0]);
  expect(patterns).toContainEqual([4, 5, 7, 8]);
});

it('leaves out places that never lie on the input', () => {
  expect(windowPatterns([1, 1, 1, 2], [4, 3, 3, 2], attributes)).toEqual([[4]]);
});

it('pads behind first, and skips with strides and dilation', () => {
  expect(windowPatterns([1, 4, 1, 1], [1, 3, 1, 1], { ...attributes, strideH: 2 })).toEqual([
    [0, 1, 2],
    [0, 1],
  ]);
  expect(windowPatterns([1, 5, 1, 1], [1, 3, 1, 1], { ...attributes, dilationH: 2 })).toEqual([
    [1, 2],
    [0, 1, 2],
    [0, 1],
  ]);
});
