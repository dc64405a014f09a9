// SOFTMAX of int8 with an output of 16 bits: the same scores with eight bits more.
import { GraphBuilder } from '../builder.js';
import type { DataType } from '../data-type.js';
import { evaluate } from '../evaluate.js';
import { verify } from '../verify.js';

function scores(dtype: DataType, values: readonly number[]): number[] {
  const builder = new GraphBuilder('m');
  const x = builder.input('x', [1, values.length], 'int8', { scale: [0.125], zeroPoint: [3], axis: 0 });
  const output = builder.add('SOFTMAX', [x], {}, { origin: 's', outputDtype: dtype });
  return Array.from(evaluate(verify(builder.finish([output]), 'test'), [Int8Array.from(values)])[0]!, Number);
}

it('gives 16 bits where the graph says so, and int8 otherwise', () => {
  const values = [5, 20, -100, 18, 127, 120];
  const [coarse, fine] = [scores('int8', values), scores('int16', values)];
  expect(fine.map((score) => Math.min(127, Math.floor((score + 128) / 256)))).toEqual(coarse);
  const real = values.map((value) => Math.exp(0.125 * (value - 127)));
  const sum = real.reduce((total, one) => total + one, 0);
  fine.forEach((score, i) => expect(Math.abs((score + 32768) / 65536 - real[i]! / sum)).toBeLessThan(2 / 65536));
  // Another type that the input does not go with is not taken.
  expect(scores('int32', values)).toEqual(coarse);
});
