// SOFTMAX of int8 with an output of 16 bits: the same scores with eight bits more.
import { softmaxTables } from '../arithmetic/softmax-int16.js';
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

it('looks int16 up in tables that end where their functions do', () => {
  const { exp, reciprocal } = softmaxTables();
  expect([exp.length, reciprocal.length]).toEqual([513, 513]);
  // e^0 as far as int16 goes, and 1 / (1 + 1), of 15 fraction bits.
  expect([exp.at(-1), reciprocal.at(-1)]).toEqual([32767, 16384]);
  const builder = new GraphBuilder('two');
  const x = builder.input('x', [1, 2], 'int16', { scale: [2 ** -12], zeroPoint: [0], axis: 0 });
  const graph = verify(builder.finish([builder.add('SOFTMAX', [x], {}, { origin: 's' })]), 'test');
  for (const behind of [0, 1, 40, 4096]) {
    const [greater] = evaluate(graph, [Int16Array.of(7, 7 - behind)])[0]!;
    expect(Math.abs(Number(greater) - 32768 / (1 + Math.exp(-behind / 4096)))).toBeLessThan(4);
  }
});
