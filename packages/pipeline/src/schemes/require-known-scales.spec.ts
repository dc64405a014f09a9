// Scales that an operator does not compute in are refused, and those that files of others have in their own rounding are not.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, type Graph, type OpKind, type Quantization } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { leftOpen, smallModel } from '../testing/small-model.js';
import { requireKnownScales } from './require-known-scales.js';

const library = await readProfileFolder();

const of = (scale: number, zeroPoint: number): Quantization => ({
  scale: [Math.fround(scale)],
  zeroPoint: [zeroPoint],
  axis: 0,
});

function one(kind: OpKind, dtype: 'int8' | 'int16', inputs: readonly Quantization[], output: Quantization): Graph {
  const builder = new GraphBuilder('one');
  const operands = inputs.map((quantization, at) => builder.input(`x${at}`, [1, 4, 4, 1], dtype, quantization));
  const pool = { filterH: 2, filterW: 2, strideH: 2, strideW: 2, padding: 'VALID' as const };
  const attributes = kind === 'CONCATENATION' ? { axis: 3 } : kind.includes('POOL') ? pool : {};
  const y = builder.add(kind, operands, attributes, { origin: 'layer', outputQuantization: output });
  return builder.finish([y]);
}

it.each([
  ['CONCATENATION', 'int8', [of(0.1, 3), of(0.2, 3)], of(0.1, 3)],
  ['CONCATENATION', 'int8', [of(0.1, 3), of(0.1, 4)], of(0.1, 3)],
  ['AVERAGE_POOL_2D', 'int8', [of(0.1, 3)], of(0.2, 0)],
  ['MAX_POOL_2D', 'int16', [of(0.1, 0)], of(0.2, 0)],
  ['SOFTMAX', 'int8', [of(0.1, 3)], of(1 / 200, -100)],
  ['LOGISTIC', 'int8', [of(0.1, 3)], of(1 / 256, 0)],
  ['LOGISTIC', 'int16', [of(0.001, 0)], of(1 / 10000, 0)],
  ['TANH', 'int8', [of(0.1, 3)], of(1 / 256, 0)],
] as const)('%s of %s %j that gives %j is refused', (kind, dtype, inputs, output) => {
  expect(() => requireKnownScales(one(kind, dtype, inputs, output))).toThrow(/TARGET_CANNOT_RUN.*steps of/s);
});

it.each([
  ['CONCATENATION', 'int8', [of(0.1, 3), of(0.10001, 3)], of(0.1, 3)],
  ['AVERAGE_POOL_2D', 'int8', [of(0.1, 3)], of(0.1, 3)],
  ['SOFTMAX', 'int8', [of(0.1, 3)], of(0.00390625, -128)],
  ['LOGISTIC', 'int16', [of(0.001, 0)], of(0.000030518, 0)],
  ['TANH', 'int8', [of(0.1, 3)], of(1 / 128, 0)],
  ['RELU', 'int8', [of(0.1, 3)], of(0.2, -128)],
] as const)('%s of %s %j that gives %j is let through', (kind, dtype, inputs, output) => {
  expect(() => requireKnownScales(one(kind, dtype, inputs, output))).not.toThrow();
});

it('SOFTMAX of int8 that gives int16 has all of its bits behind the point', () => {
  const scores = (quantization: Quantization): Graph => {
    const builder = new GraphBuilder('scores');
    const x = builder.input('x', [1, 4], 'int8', of(0.1, 3));
    const options = { origin: 'scores', outputDtype: 'int16', outputQuantization: quantization } as const;
    return builder.finish([builder.add('SOFTMAX', [x], {}, options)]);
  };
  expect(() => requireKnownScales(scores(of(1 / 65536, -32768)))).not.toThrow();
  expect(() => requireKnownScales(scores(of(1 / 32768, 0)))).toThrow(/TARGET_CANNOT_RUN.*steps of/s);
});

it('such a file is not deployed', async () => {
  const small = smallModel(leftOpen);
  try {
    const model = join(small.folder, 'given.tflite');
    const request = { ...small.request, model, calibration: undefined, scheme: undefined, profile: 'stm32f4' };
    const run = (output: Quantization) => {
      writeFileSync(model, encode(graphToModel(one('AVERAGE_POOL_2D', 'int8', [of(0.1, 3)], output))));
      return deploy(request, library, deployHost('reference'), noProgress);
    };
    await expect(run(of(0.2, 0))).rejects.toThrow('TARGET_CANNOT_RUN');
    expect((await run(of(0.1, 3))).files.size).toBeGreaterThan(1);
  } finally {
    small.remove();
  }
});
