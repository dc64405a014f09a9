// Which differences are borne.
import { GraphBuilder } from '@wherry/graph';
import { compareTensors } from './tensor-difference.js';

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
