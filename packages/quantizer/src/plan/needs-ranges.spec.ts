// Samples are asked for wherever an integer comes from a real number that is not known yet, at either end too.
import { needsRanges } from './needs-ranges.js';

type Asked = Parameters<typeof needsRanges>[0];
const own = { inputType: 'own', outputType: 'own' } as const;

it.each<[string, Asked, boolean]>([
  ['float32', { scheme: 'float32', ...own }, false],
  ['float16 with real ends', { scheme: 'float16', inputType: 'float32', outputType: 'float32' }, false],
  ['dynamic range', { scheme: 'dynamic-range', ...own }, false],
  ['int8 with real ends', { scheme: 'int8', inputType: 'float32', outputType: 'float32' }, true],
  ['float32 with an input of integers', { scheme: 'float32', ...own, inputType: 'uint8' }, true],
  ['float32 with an output of integers', { scheme: 'float32', ...own, outputType: 'int8' }, true],
  ['a layer of integers among real ones', { scheme: 'float32', ...own, nodes: new Map([[1, 'int8']]) }, true],
  ['a layer of half numbers among real ones', { scheme: 'float32', ...own, nodes: new Map([[1, 'float16']]) }, false],
])('%s', (_, asked, expected) => {
  expect(needsRanges(asked)).toBe(expected);
});
