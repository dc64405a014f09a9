// Where the target cannot run a quantized file, the float model is asked for only where other numbers would do.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, type DataType, type Graph } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { leftOpen, smallModel } from '../testing/small-model.js';

const library = await readProfileFolder();
const small = smallModel(leftOpen);
afterAll(() => small.remove());

const step = { scale: [0.5], zeroPoint: [0], axis: 0 };
const probability = { scale: [1 / 256], zeroPoint: [-128], axis: 0 };

function sum(type: DataType): Graph {
  const builder = new GraphBuilder('sum');
  const x = builder.input('x', [1, 8], type, step);
  return builder.finish([builder.add('ADD', [x, x], {}, { origin: 'sum', outputQuantization: step })]);
}

function leaky(): Graph {
  const builder = new GraphBuilder('leaky');
  const x = builder.input('x', [1, 8], 'int8', step);
  return builder.finish([builder.add('LEAKY_RELU', [x], {}, { origin: 'leaky', outputQuantization: step })]);
}

function rows(): Graph {
  const builder = new GraphBuilder('rows');
  const x = builder.input('x', [1, 4, 8], 'int8', step);
  const outputQuantization = probability;
  return builder.finish([builder.add('SOFTMAX', [x], { beta: 1 }, { origin: 'rows', outputQuantization })]);
}

it.each([
  ['PROFILE_TYPES_UNSUPPORTED', sum('int16'), true],
  ['PROFILE_OPERATOR_UNSUPPORTED', leaky(), false],
  ['PROFILE_LIMIT', rows(), false],
])('%s', async (code, graph, isOfNumbers) => {
  const model = join(small.folder, 'given.tflite');
  writeFileSync(model, encode(graphToModel(graph)));
  const request = { ...small.request, model, calibration: undefined, profile: 'edge-tpu' };
  const refusal = deploy(request, library, deployHost('reference'), noProgress);
  await expect(refusal).rejects.toThrow(new RegExp(`^${code}`));
  const advice = /next {2}give the float model that this file was made from/;
  await (isOfNumbers ? expect(refusal).rejects.toThrow(advice) : expect(refusal).rejects.not.toThrow(advice));
});
