// A file that somebody else quantized: beside its own float model it is explained however bad it is, beside another one it is refused.
import { jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elementCount, referenceEngine, tensorAt, type Graph } from '@wherry/graph';
import {
  apply,
  calibrate,
  channelPairs,
  chooseRanges,
  optimize,
  plan,
  scaledChannels,
  type PlanOptions,
} from '@wherry/quantizer';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deployHost } from '../host.js';
import { noProgress } from '../progress.js';
import type { Attribution } from './attribution.js';
import { explainFile } from './explain-file.js';
import { pairedConstants } from './paired-constants.js';
import { attributedNetwork } from './testing/attributed-network.js';
import { withBiasedKernel } from './testing/injected-faults.js';

jest.setTimeout(60_000);
const folder = mkdtempSync(join(tmpdir(), 'wherry-twins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const network = (size: Parameters<typeof attributedNetwork>[0]): Graph => optimize(attributedNetwork(size)).graph;
const float = network({ seed: 1 });
const samples = Array.from({ length: 16 }, (_, seed) => [
  Float32Array.from({ length: elementCount(tensorAt(float, float.inputs[0]!).shape) }, (_value, i) =>
    Math.sin(seed * 1.7 + (i * (1 + (seed % 5)) + i * i * 0.003) / 7),
  ),
]);

async function quantized(
  graph: Graph,
  scheme: PlanOptions['scheme'] = 'int8',
  prepare: (value: number) => number = (value) => value,
): Promise<Graph> {
  async function* prepared() {
    for (const [data] of samples) yield await Promise.resolve([data!.map(prepare)]);
  }
  const calibration = await calibrate(graph, referenceEngine, prepared());
  const ranges = chooseRanges(graph, calibration, { method: 'min-max', percentile: 99.99 });
  return apply(
    graph,
    plan(graph, ranges, { scheme, granularity: () => 'per-axis', inputType: 'own', outputType: 'own' }),
  ).graph;
}

function saved(name: string, graph: Graph): string {
  const path = join(folder, `${name}.tflite`);
  writeFileSync(path, encode(graphToModel(graph)));
  return path;
}

async function explained(file: Graph, beside: Graph, outputs?: readonly string[]): Promise<Attribution> {
  const { attribution } = await explainFile(
    {
      model: saved('integers', file),
      float: saved('reals', beside),
      evaluation: { name: 'samples', samples: samples.map((inputs) => ({ inputs })) },
      outputs,
      budgetSeconds: 20,
    },
    deployHost('reference', { lanes: 0 }),
    noProgress,
  );
  return attribution;
}

it.each<[string, Graph, string]>([
  ['another training', network({ seed: 2 }), '0 % of its weights'],
  ['other widths', network({ seed: 1, channels: 4 }), '0 % of its weights'],
])('refuses the float model of %s, though it takes and gives the same shapes', async (_, other, says) => {
  const file = await quantized(float);
  await expect(explained(file, other)).rejects.toThrow(
    /EXPLAIN_OTHER_MODEL: integers\.tflite was not made of reals\.tflite/,
  );
  await expect(explained(file, other)).rejects.toThrow(says);
});

it.each<[string, () => Promise<Graph>]>([
  ['of 4 bits', () => quantized(float, 'int4')],
  ['for samples that are much smaller', () => quantized(float, 'int8', (value) => value / 255)],
  ['for samples that are much larger', () => quantized(float, 'int8', (value) => value * 127)],
])('explains a twin %s', async (_, file) => {
  const made = await file();
  expect(pairedConstants(float, made).alike).toBe(1);
  const { causes } = await explained(made, float);
  expect(causes[0]?.cause).toMatch(/^(weight rounding|data)$/);
});

it('compares functions where channels were evened out: that is no conversion', async () => {
  const [pair] = channelPairs(float);
  const scales = Float64Array.from({ length: pair!.channels }, (_, c) => 2 ** ((c % 5) - 2));
  const evened = scaledChannels(float, pair!, scales);
  const { causes, leftOut, rounding } = await explained(await quantized(evened), float);
  expect(causes.map(({ cause }) => cause)).not.toContain('conversion');
  expect([leftOut, rounding.isAll]).toEqual([[], true]);
  // What only one of the two layers has is no other form of the same function.
  const id = pair!.consumer.node.inputs[1]!;
  const half = { ...evened, tensors: evened.tensors.map((tensor, at) => (at === id ? tensorAt(float, id) : tensor)) };
  const [first] = (await explained(await quantized(half), float)).causes;
  expect(first).toMatchObject({ cause: 'conversion', layers: [pair!.producer.node.origin] });
});

it('narrows a wrong kernel down by an output in the middle, and says which one more would halve the rest', async () => {
  const written = (layer: string): number => float.nodes.find(({ origin }) => origin === layer)!.outputs[0]!;
  const recorded = (graph: Graph): readonly string[] => {
    const device = withBiasedKernel(
      graph,
      graph.nodes.findIndex(({ origin }) => origin === 'third'),
      8,
    );
    const rows = samples.map((inputs) => device([...inputs]));
    return graph.outputs.map((id, output) => {
      const { name, shape } = tensorAt(graph, id);
      const path = join(folder, `device${output}.bin`);
      writeFileSync(path, Int8Array.from(rows.flatMap((row) => [...(row[output] as Int8Array)])));
      return `${name}=raw:${path}?dtype=int8&shape=${elementCount(shape)}`;
    });
  };
  const [plain, more] = [float, { ...float, outputs: [written('sum'), ...float.outputs] }];
  const alone = await quantized(plain);
  const [first] = (await explained(alone, plain, recorded(alone))).causes;
  expect(first).toMatchObject({ cause: 'kernel', layers: [] });
  expect(first!.evidence).toMatch(
    /which of 8 layers it is, first to scores: a MODEL that also gives what sum writes, /,
  );
  const both = await quantized(more);
  const narrowed = (await explained(both, more, recorded(both))).causes.find(({ cause }) => cause === 'kernel');
  expect(narrowed!.layers).toEqual(['third', 'pool', 'dense', 'scores']);
  expect(narrowed!.evidence).toMatch(/; sum is right, scores by /);
});
