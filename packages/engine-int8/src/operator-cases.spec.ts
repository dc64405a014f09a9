// Every case of every operator on the engine: bit for bit the reference, and on a kernel where there is one.
import { evaluate, opKinds, type OpKind } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { int8Engine } from './index.js';
import { leftToReference } from './testing/against-reference.js';

/** The kinds that have kernels, and how many of their int8 cases are left to the reference all the same. */
const onKernels: { readonly [K in OpKind]?: number } = {
  ABS: 0,
  ADD: 0,
  AVERAGE_POOL_2D: 0,
  CAST: 0,
  CONCATENATION: 0,
  CONV_2D: 0,
  DEPTHWISE_CONV_2D: 0,
  ELU: 0,
  EXP: 0,
  EXPAND_DIMS: 0,
  FULLY_CONNECTED: 0,
  GELU: 0,
  HARD_SWISH: 0,
  LEAKY_RELU: 0,
  LOG: 0,
  LOGISTIC: 0,
  // Other than with one number.
  MAXIMUM: 11,
  MAX_POOL_2D: 0,
  // Along the first and the last of three dimensions, with and without keeping them.
  MEAN: 2,
  MINIMUM: 11,
  MUL: 0,
  PAD: 0,
  PADV2: 0,
  // Other than with one slope.
  PRELU: 21,
  QUANTIZE: 0,
  RELU: 0,
  RELU6: 0,
  RESHAPE: 0,
  RSQRT: 0,
  SQUEEZE: 0,
  SUB: 0,
  SUM: 2,
  TANH: 0,
};

it.each(opKinds)('%s equals the reference in every case', async (kind) => {
  const engine = int8Engine();
  expect(engine.name).toBe('int8');
  const different: string[] = [];
  for (const { graph, feeds, name } of casesOf(kind)) {
    const executor = await engine.prepare(graph);
    // Twice: a kernel's memory is used again, and states begin anew.
    await executor.run(feeds);
    const answers = await executor.run(feeds);
    executor.dispose();
    const expected = evaluate(graph, feeds);
    // As bytes: what is written to a file or compared with a device.
    const same = expected.every((wanted, output) => Buffer.compare(bytesOf(wanted), bytesOf(answers[output]!)) === 0);
    if (!same || answers.length !== expected.length) different.push(name);
  }
  expect(different).toEqual([]);
});

it.each(opKinds)('%s runs on a kernel in every int8 case of a kind that has one', (kind) => {
  const cases = casesOf(kind).filter(isInt8);
  const left = cases.filter(({ graph }) => leftToReference(graph).length > 0);
  if (onKernels[kind] !== undefined) expect(cases).not.toEqual([]);
  expect(left).toHaveLength(onKernels[kind] ?? cases.length);
});

function isInt8({ type: { from, to = from } }: FilledCase): boolean {
  return from === 'int8' && to === 'int8';
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
