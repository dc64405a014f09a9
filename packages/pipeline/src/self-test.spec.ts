// The known answers are those of the integer reference, and a wrong weight changes one.
import { int8Engine } from '@wherry/engine-int8';
import { tfjsEngine } from '@wherry/engine-tfjs';
import {
  elementCount,
  evaluate,
  freshStates,
  GraphBuilder,
  referenceEngine,
  tensorAt,
  type Engine,
  type Graph,
} from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { quantizeFeeds } from '@wherry/quantizer';
import { bytesOf } from './measure/tensor-bytes.js';
import { selfTestCases } from './self-test.js';

/** Runs graphs by the reference kernels. */
const engine: Engine = {
  name: 'reference',
  prepare: (graph) =>
    Promise.resolve({ run: (feeds) => Promise.resolve(evaluate(graph, feeds)), dispose: () => undefined }),
};

const perTensor = (scale: number, zeroPoint: number): { scale: Float32Array; zeroPoint: Int32Array } => ({
  scale: Float32Array.of(scale),
  zeroPoint: Int32Array.of(zeroPoint),
});

/** An int8 FULLY_CONNECTED of two inputs. */
function dense(weights: readonly number[], size = 2): Graph {
  const builder = new GraphBuilder('m');
  const input = builder.input('x', [1, size]);
  const kernel = builder.constant('w', [1, size], Float32Array.from(weights), 'float32');
  const graph = builder.finish([builder.add('FULLY_CONNECTED', [input, kernel, null], {}, { origin: 'd' })]);
  const types = [perTensor(0.5, -3), perTensor(0.25, 0), perTensor(0.5, 4)];
  const tensors = graph.tensors.map((tensor, id) => ({
    ...tensor,
    dtype: 'int8' as const,
    quantization: types[id]!,
    ...(tensor.data === undefined ? {} : { data: Int8Array.from(weights) }),
  }));
  return { ...graph, tensors } as unknown as Graph;
}

const samples = Array.from({ length: 7 }, (_, i) => ({ inputs: [Float32Array.of(i, 10 - 2 * i)] }));

it('are of the first, the last and the middle sample, as the device takes and gives them', async () => {
  const cases = await selfTestCases(dense([4, 8]), engine, samples);
  // real = 0.5 * (q + 3) in, weights 1 and 2, real = 0.5 * (q - 4) out.
  const expected = [0, 6, 3].map((i) => {
    const [a, b] = [i, 10 - 2 * i];
    return [2 * a - 3, 2 * b - 3, 2 * (a + 2 * b) + 4];
  });
  expect(cases.map(({ inputs: [x], outputs: [y] }) => [...new Int8Array([...x!, ...y!])])).toEqual(expected);
  const wrong = await selfTestCases(dense([4, 9]), engine, samples);
  expect(wrong.map(({ outputs }) => outputs)).not.toEqual(cases.map(({ outputs }) => outputs));
});

it('take no more flash than is of use', async () => {
  const large = (size: number): Promise<number> => {
    const inputs = [new Float32Array(size)];
    return selfTestCases(dense(new Array<number>(size).fill(1), size), engine, [
      { inputs },
      { inputs },
      { inputs },
    ]).then(({ length }) => length);
  };
  expect(await large(4000)).toBe(3);
  expect(await large(7000)).toBe(2);
  expect(await large(60000)).toBe(1);
  expect(await large(70000)).toBe(0);
  expect(await selfTestCases(dense([4, 8]), engine, samples.slice(0, 1))).toHaveLength(1);
});

it.each([
  ['the reference', () => Promise.resolve(referenceEngine)],
  ['TensorFlow.js', () => tfjsEngine()],
  ['the kernels', () => Promise.resolve(int8Engine())],
] as const)('are of runs in a row that begin with zeros on %s, where the model keeps a state', async (_, open) => {
  const keeping = casesOf('SVDF').filter(({ graph }) =>
    ['float32', 'int8'].includes(tensorAt(graph, graph.inputs[0]!).dtype),
  );
  expect(keeping.length).toBeGreaterThan(1);
  for (const { graph } of keeping) {
    const [input] = graph.inputs.map((id) => tensorAt(graph, id));
    const real = Array.from({ length: 3 }, (__, sample) => ({
      inputs: [Float32Array.from({ length: elementCount(input!.shape) }, (___, i) => Math.sin(i + 5 * sample))],
    }));
    for (const [given, order] of [
      [real, [0, 2, 1]],
      // Too few to go on with are taken again.
      [real.slice(0, 1), [0, 0, 0]],
    ] as const) {
      const states = freshStates(graph);
      const feeds = order.map((at) => quantizeFeeds(graph, given[at]!.inputs));
      const answers = feeds.map((one) => evaluate(graph, one, { states }));
      const cases = await selfTestCases(graph, await open(), given);
      expect(cases.map(({ inputs }) => inputs)).toEqual(feeds.map((one) => one.map(bytesOf)));
      expect(cases.map(({ outputs }) => outputs)).toEqual(answers.map((one) => one.map(bytesOf)));
    }
  }
});

it('are two at least where the model keeps a state', async () => {
  const { graph } = casesOf('SVDF').find(({ type }) => type.from === 'int8')!;
  const [id] = graph.inputs;
  const wide = (depth: number): Graph => {
    const [feature] = graph.nodes[0]!.inputs.slice(1);
    const { shape, quantization } = tensorAt(graph, id!);
    const filters = tensorAt(graph, feature!).shape[0]!;
    const tensors = graph.tensors.map((tensor, at) =>
      at === id
        ? { ...tensor, shape: [shape[0]!, depth], quantization }
        : at === feature
          ? { ...tensor, shape: [filters, depth], data: new Int8Array(filters * depth) }
          : tensor,
    );
    return { ...graph, tensors };
  };
  expect(await selfTestCases(wide(7000), engine)).toHaveLength(2);
  expect(await selfTestCases(wide(40000), engine)).toHaveLength(2);
  expect(await selfTestCases(wide(70000), engine)).toHaveLength(0);
});

describe('without data', () => {
  const madeOf = async (graph: Graph): Promise<readonly Uint8Array[]> =>
    (await selfTestCases(graph, engine)).map(({ inputs: [x] }) => x!);

  it('they are spread over what the type of the input holds', async () => {
    const cases = await madeOf(dense(new Array<number>(200).fill(1), 200));
    const values = cases.flatMap((bytes) => [...new Int8Array(bytes)]);
    expect(cases).toHaveLength(3);
    expect(Math.min(...values)).toBeLessThan(-120);
    expect(Math.max(...values)).toBeGreaterThan(120);
  });

  it.each(['int32', 'int64'] as const)('positions of %s lie within the table that they are read by', async (dtype) => {
    const builder = new GraphBuilder('words');
    const positions = builder.input('positions', [2, 20], dtype);
    const shape = builder.constant('shape', [1], Int32Array.of(40), 'int32');
    const flat = builder.add('RESHAPE', [positions, shape], {}, { origin: 'flat' });
    const table = builder.constant('table', [5, 2], new Float32Array(10), 'float32');
    const graph = builder.finish([builder.add('GATHER', [table, flat], { axis: 0, batchDims: 0 }, { origin: 'look' })]);
    const cases = await madeOf(graph);
    expect(new Set(cases.flatMap((bytes) => [...bytes]))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('truths are both', async () => {
    const builder = new GraphBuilder('truths');
    const x = builder.input('x', [30], 'bool');
    const attributes = { inType: 'BOOL', outType: 'FLOAT32' };
    const graph = builder.finish([builder.add('CAST', [x], attributes, { origin: 'cast', outputDtype: 'float32' })]);
    const cases = await madeOf(graph);
    expect(new Set(cases.flatMap((bytes) => [...bytes]))).toEqual(new Set([0, 1]));
  });
});
