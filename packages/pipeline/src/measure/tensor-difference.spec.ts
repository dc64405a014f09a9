// Which differences are borne.
import { GraphBuilder } from '@wherry/graph';
import { compareTensors, printedDifference } from './tensor-difference.js';

it('bears rounding of real numbers, and no more, and integers not at all', () => {
  const of = (dtype: 'float32' | 'int32', values: readonly number[]): Uint8Array =>
    new Uint8Array((dtype === 'float32' ? Float32Array : Int32Array).from(values).buffer);
  const compared = (dtype: 'float32' | 'int32', got: readonly number[]): unknown => {
    const builder = new GraphBuilder('one');
    const id = builder.input('x', [2], dtype);
    return compareTensors(
      builder.finish([builder.add('RELU', [id], {}, { origin: 'r' })]),
      id,
      of(dtype, [100, 2]),
      of(dtype, got),
    );
  };
  expect(compared('float32', [100, 2])).toBe('same');
  expect(compared('float32', [100, 2.0005])).toBe('close');
  expect(compared('float32', [100, 2.1])).toMatchObject({ element: [1], differing: 1 });
  expect(compared('float32', [NaN, 2])).toMatchObject({ element: [0], greatest: Infinity });
  expect(compared('int32', [100, 3])).toMatchObject({ expected: 2, got: 3 });
});

it.each([
  ['rounded up', 0.4997, 0.5, true],
  ['more than half a thousandth up', 0.4994, 0.5, false],
  ['cut', 0.5009, 0.5, true],
  ['more than a thousandth down', 0.5011, 0.5, false],
  ['below zero rounded down', -0.4997, -0.5, true],
  ['below zero more than half a thousandth down', -0.4994, -0.5, false],
  ['below zero more than half a thousandth up', -0.5006, -0.5, false],
])('a value that is printed %s: %s as %s', (_, right, printed, isBorne) => {
  const difference = printedDifference([right], [printed], [1]);
  expect(difference === null).toBe(isBorne);
});

it('bears what single precision leaves of great values, and no more', () => {
  expect(printedDifference([100_000], [100_000.09], [1])).toBeNull();
  expect(printedDifference([100_000], [100_000.12], [1])).toMatchObject({ differing: 1 });
});
