// A scale that the specification fixes never cuts off what meets it in one operator.
import { GraphBuilder, referenceEngine, type Graph, type TensorId } from '@wherry/graph';
import { calibrate } from '../calibrate/calibrate.js';
import { planned } from '../testing/planned.js';
import { sameNumbers } from './number-format.js';

type Build = (builder: GraphBuilder, x: TensorId) => TensorId;

function graphOf(build: Build): Graph {
  const builder = new GraphBuilder('m');
  return builder.finish([build(builder, builder.input('x', [1, 2]))]);
}

async function* samples(): AsyncGenerator<Float32Array[]> {
  for (const value of [-5, 3, 12]) yield [Float32Array.of(value, -value / 2)];
}

/** Least and greatest value that the output can hold, and how many QUANTIZE stand in front of the last operator. */
async function held(build: Build): Promise<{ least: number; greatest: number; quantized: number }> {
  const graph = graphOf(build);
  const calibration = await calibrate(graph, referenceEngine, samples());
  const output = graph.outputs[0]!;
  const decided = planned(graph, calibration);
  const { scale, zeroPoint } = decided.written.get(output)!.quantization!;
  const last = decided.nodes.at(-1)!;
  const { inputs } = graph.nodes[last.node]!;
  const converted = last.reads.filter((format, i) => {
    const written = decided.written.get(inputs[i]!);
    return format !== null && written !== undefined && !sameNumbers(format, written);
  });
  const real = (q: number): number => Math.round(scale[0]! * (q - zeroPoint[0]!) * 100) / 100;
  return { least: real(-128), greatest: real(127), quantized: converted.length };
}

const op = (kind: 'LOGISTIC' | 'TANH' | 'RELU', builder: GraphBuilder, id: TensorId): TensorId =>
  builder.add(kind, [id], {}, { origin: kind });
const concat = (builder: GraphBuilder, ...ids: TensorId[]): TensorId =>
  builder.add('CONCATENATION', ids, { axis: 1 }, { origin: 'c' });
const greater = (builder: GraphBuilder, a: TensorId, b: TensorId): TensorId =>
  builder.add('MAXIMUM', [a, b], {}, { origin: 'g' });

it.each<[string, Build, { least: number; greatest: number; quantized: number }]>([
  [
    'scores beside values',
    (b, x) => concat(b, op('LOGISTIC', b, x), op('RELU', b, x)),
    { least: 0, greatest: 12, quantized: 1 },
  ],
  [
    'values beside scores',
    (b, x) => concat(b, op('RELU', b, x), op('TANH', b, x)),
    { least: -1.02, greatest: 11.98, quantized: 1 },
  ],
  ['the input beside scores', (b, x) => greater(b, x, op('TANH', b, x)), { least: -6, greatest: 12, quantized: 1 }],
  [
    'scores of two kinds',
    (b, x) => concat(b, op('LOGISTIC', b, x), op('TANH', b, x)),
    { least: -1, greatest: 0.99, quantized: 2 },
  ],
  [
    'scores of one kind',
    (b, x) => concat(b, op('TANH', b, x), op('TANH', b, x)),
    { least: -1, greatest: 0.99, quantized: 0 },
  ],
  [
    'scores against a constant that fits',
    (b, x) => greater(b, op('LOGISTIC', b, x), b.constant('k', [1, 2], Float32Array.of(0.5, 0.25), 'float32')),
    { least: 0, greatest: 1, quantized: 0 },
  ],
  [
    'scores against a constant that does not',
    (b, x) => greater(b, op('LOGISTIC', b, x), b.constant('k', [1, 2], Float32Array.of(0.5, 4), 'float32')),
    { least: 0, greatest: 4, quantized: 1 },
  ],
])('%s', async (_, build, expected) => {
  expect(await held(build)).toEqual(expected);
});

it('passes on what is only moved', async () => {
  const moved = await held((b, x) =>
    b.add('RESHAPE', [op('TANH', b, x), b.indices('s', [2, 1], [2])], {}, { origin: 'r' }),
  );
  expect(moved).toEqual({ least: -1, greatest: 0.99, quantized: 0 });
});
