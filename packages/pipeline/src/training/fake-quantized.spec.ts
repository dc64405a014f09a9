// What a training sees of the integers is what the device computes: every layer, within one step of its output.
import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { differentiableEngine } from '@wherry/engine-tfjs/differentiable';
import { elementCount, evaluate, tensorAt, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import {
  apply,
  calibrate,
  chooseRanges,
  optimize,
  plan,
  quantizeFeeds,
  trainableFormats,
  type PlanOptions,
  type SchemeName,
} from '@wherry/quantizer';
import { describeShared, sharedPath } from '@wherry/testing';
import { fakeQuantized, Trainables } from '@wherry/trainer';
import { deployHost } from '../host.js';

// A busy machine may take long.
jest.setTimeout(120_000);

const engine = await deployHost('wasm', { lanes: 0 }).engine();
const { tf, differentiable } = await differentiableEngine('wasm');

/** Smooth values, as pictures and sounds have. */
function sampleFor(graph: Graph, seed: number): TensorData[] {
  return graph.inputs.map((id) =>
    Float32Array.from({ length: elementCount(tensorAt(graph, id).shape) }, (_, i) => Math.sin(seed + i / (7 + seed))),
  );
}

interface Off {
  readonly layer: string;
  /** In steps of its output. */
  readonly steps: number;
}

/** Every layer on the integers that the layers before it give: how far the fake-quantized one is from the integers. */
async function offOf(graph: Graph, scheme: SchemeName): Promise<readonly Off[]> {
  const options: PlanOptions = { scheme, granularity: () => 'per-axis', inputType: 'own', outputType: 'own' };
  const samples = Array.from({ length: 8 }, (_, i) => sampleFor(graph, i));
  const calibration = await calibrate(graph, engine, streamed(samples));
  const decided = plan(graph, chooseRanges(graph, calibration, { method: 'min-max', percentile: 99.99 }), options);
  const { graph: quantized, tensorOf } = apply(graph, decided);
  const formats = trainableFormats(graph, decided, options);
  const values = new Map<TensorId, Float32Array>();
  const [feeds] = samples;
  const realOf = (id: TensorId, data: TensorData): Float32Array => {
    const { scale, zeroPoint } = tensorAt(quantized, id).quantization ?? { scale: [1], zeroPoint: [0] };
    return Float32Array.from(data as Float32Array, (value) => (Number(value) - zeroPoint[0]!) * scale[0]!);
  };
  evaluate(quantized, quantizeFeeds(quantized, feeds!), {
    observe: (id, data) => void values.set(id, realOf(id, data)),
  });
  const trainables = new Trainables(tf, graph, formats, formats.ranges, 'fixed');
  const off: Off[] = [];
  tf.tidy(() => {
    const fake = fakeQuantized(tf, formats, trainables);
    const inputs = graph.inputs.map((id, i) => tf.tensor(feeds![i] as Float32Array, [...tensorAt(graph, id).shape]));
    differentiable(graph).run(inputs, {
      variables: trainables.constants(),
      at: (id, tensor) => {
        const given = fake(id, tensor);
        const integers = values.get(tensorOf.get(id) ?? -1);
        const format = formats.activations.get(id);
        if (format === undefined || integers === undefined) return given;
        // In 16 bits what has a fixed scale (SOFTMAX and its like) is looked up in tables, which nothing is trained behind.
        if (format.symmetric && format.fixed !== undefined) return tf.tensor(integers, tensor.shape);
        const scale = decided.written.get(id)!.quantization!.scale[0]!;
        const own = Float32Array.from(given.dataSync());
        const steps = own.reduce((most, value, i) => Math.max(most, Math.abs(value - integers[i]!) / scale), 0);
        off.push({ layer: tensorAt(graph, id).name, steps: Math.round(steps * 100) / 100 });
        return tf.tensor(integers, tensor.shape);
      },
    });
  });
  trainables.dispose();
  return off;
}

async function* streamed(samples: readonly (readonly TensorData[])[]): AsyncGenerator<readonly TensorData[], void> {
  yield* samples;
}

/** A step of 16 bits is less than what float32 sums, and the 16 bits of the device's multipliers, round off of large values. */
const most = { int8: 1.01, int4: 1.01, int16x8: 10 } as const;

const models = [
  'mlperf-tiny/ic01/pretrainedResnet.h5',
  'mlperf-tiny/kws01/kws_float.h5',
  'mlperf-tiny/ad01/ad01.h5',
  'tinymaix/mbnet96_0.25.h5',
  'tinymaix/mnist_dw.h5',
];

describeShared('models', () => {
  it.each(models.flatMap((file) => (['int8', 'int4', 'int16x8'] as const).map((scheme) => [file, scheme] as const)))(
    '%s in %s',
    async (file, scheme) => {
      const bytes = readFileSync(sharedPath('models', file));
      const { graph } = optimize(importModel(bytes, { fileName: file }).graph);
      const off = await offOf(graph, scheme);
      expect(off.length).toBeGreaterThanOrEqual(graph.nodes.length - 2);
      expect(off.filter(({ steps }) => steps > most[scheme])).toEqual([]);
    },
  );
});
