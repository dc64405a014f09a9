// Graphs of layers that branch and join: no value is written over while something still reads it.
import { GraphBuilder, type Graph, type Quantization, type TensorId } from '@wherry/graph';
import { planGraph } from './plan-graph.js';
import { int8Engine } from './index.js';
import { differences, leftToReference, Random } from './testing/against-reference.js';

const quantization: Quantization = { scale: [Math.fround(0.1)], zeroPoint: [3], axis: 0 };
const image = [1, 4, 5, 8];

/** Of `layers` layers, each of which reads any values from before; some run on the reference. */
function randomGraph(random: Random, layers: number): Graph {
  const builder = new GraphBuilder('branches');
  const values: TensorId[] = [builder.input('x', image, 'int8', quantization)];
  for (let layer = 0; layer < layers; layer++) {
    // The latest ones more often, and long ago now and then.
    const from = (): TensorId => values[Math.max(0, values.length - 1 - random.pick([0, 0, 1, 2, 5]))]!;
    values.push(randomLayer(builder, random, from, layer));
  }
  const outputs = new Set([values.at(-1)!, random.pick(values.slice(1))]);
  return builder.finish([...outputs]);
}

function randomLayer(builder: GraphBuilder, random: Random, from: () => TensorId, layer: number): TensorId {
  const made = { origin: `layer ${layer}`, outputQuantization: quantization, outputDtype: 'int8' } as const;
  switch (random.integer(0, 7)) {
    case 0:
      return builder.add(random.pick(['ADD', 'SUB', 'MUL']), [from(), from()], {}, made);
    case 1: {
      const filter: Quantization = {
        scale: new Array<number>(8).fill(0.01),
        zeroPoint: new Array<number>(8).fill(0),
        axis: 0,
      };
      const weights = builder.constant(`w${layer}`, [8, 3, 3, 8], random.int8([8, 3, 3, 8]), 'int8', filter);
      return builder.add('CONV_2D', [from(), weights], {}, made);
    }
    case 2:
      return builder.add('MAX_POOL_2D', [from()], { filterH: 3, filterW: 3 }, made);
    case 3: {
      const flat = builder.add('RESHAPE', [from()], { newShape: [160] }, { ...made, origin: `flat ${layer}` });
      const shift = builder.add(
        'LEAKY_RELU',
        [random.pick([flat, flat])],
        { alpha: 0.5 },
        { ...made, origin: `shift ${layer}` },
      );
      const sum = builder.add('ADD', [flat, shift], {}, { ...made, origin: `sum ${layer}` });
      return builder.add('RESHAPE', [sum], { newShape: image }, made);
    }
    // No kernel has it.
    case 4:
      return builder.add('MAXIMUM', [from(), from()], {}, made);
    case 5: {
      const axes = builder.indices(`axes ${layer}`, [1, 2]);
      const mean = builder.add('MEAN', [from(), axes], { keepDims: true }, { ...made, origin: `mean ${layer}` });
      return builder.add('MUL', [from(), mean], {}, made);
    }
    case 6: {
      const x = from();
      const gate = builder.add('LOGISTIC', [x], {}, { ...made, origin: `gate ${layer}` });
      const swish = builder.add('MUL', [x, gate], {}, { ...made, origin: `swish ${layer}` });
      return random.pick([swish, gate]);
    }
    default:
      return builder.add('LOGISTIC', [from()], {}, made);
  }
}

it('gives every value of every layer, whatever reads it when', async () => {
  const random = new Random(20);
  const left = new Set<string>();
  for (let round = 0; round < 60; round++) {
    const graph = randomGraph(random, random.integer(3, 25));
    leftToReference(graph).forEach((kind) => left.add(kind));
    expect(await differences(graph, [random.int8(image)])).toEqual([]);
  }
  expect([...left]).toEqual(['MAXIMUM']);
});

/** So many layers of the same size, one behind the other. */
function chain(layers: number): Graph {
  const builder = new GraphBuilder('chain');
  let x = builder.input('x', [1, 64, 64, 16], 'int8', quantization);
  for (let layer = 0; layer < layers; layer++)
    x = builder.add('MAX_POOL_2D', [x], {}, { origin: `pool ${layer}`, outputQuantization: quantization });
  return builder.finish([x]);
}

it('takes a long chain of layers no more memory than a short one', () => {
  expect(planGraph(chain(30)).bytes).toBe(planGraph(chain(3)).bytes);
});

it('holds weights in one byte each, and once where several layers share them', () => {
  const filter: Quantization = { scale: [0.01], zeroPoint: [0], axis: 0 };
  const bytesOf = (layers: number, shared: boolean): number => {
    const builder = new GraphBuilder('dense');
    let x = builder.input('x', [1, 512], 'int8', quantization);
    const one = new Int8Array(512 * 512).fill(1);
    for (let layer = 0; layer < layers; layer++) {
      const w = builder.constant(`w${layer}`, [512, 512], shared ? one : one.slice(), 'int8', filter);
      x = builder.add('FULLY_CONNECTED', [x, w], {}, { origin: `dense ${layer}`, outputQuantization: quantization });
    }
    return planGraph(builder.finish([x])).bytes;
  };
  const growth = bytesOf(5, false) - bytesOf(4, false);
  expect(growth).toBeGreaterThanOrEqual(512 * 512);
  expect(growth).toBeLessThan(1.1 * 512 * 512);
  expect(bytesOf(5, true) - bytesOf(4, true)).toBeLessThan(0.1 * 512 * 512);
});

it('returns outputs that later runs do not touch', async () => {
  const random = new Random(21);
  const graph = randomGraph(random, 12);
  const executor = await int8Engine().prepare(graph);
  const first = await executor.run([random.int8(image)]);
  const kept = first.map((values) => values.slice());
  await executor.run([random.int8(image)]);
  expect(first).toEqual(kept);
  executor.dispose();
});
