// Faults of four kinds, planted in several places of several models, are each ranked first where they are most of the noise.
// WHERRY_FAULTS=long: more of them, and in the shared models.
import { jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elementCount, tensorAt, type Engine, type Graph } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { optimize, WorkBudget } from '@wherry/quantizer';
import { describeShared, sharedPath } from '@wherry/testing';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deployHost } from '../host.js';
import { noProgress } from '../progress.js';
import type { Attribution } from './attribution.js';
import type { Cause } from './causes.js';
import { explainFile } from './explain-file.js';
import { attributedNetwork } from './testing/attributed-network.js';
import {
  injected,
  rangedLayers,
  weightedLayers,
  withBiasedKernel,
  type Injected,
  type Samples,
} from './testing/injected-faults.js';

jest.setTimeout(3_600_000);

const isLong = process.env['WHERRY_FAULTS'] === 'long';
const host = deployHost('wasm', { lanes: 0 });
const folder = mkdtempSync(join(tmpdir(), 'wherry-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A fault counts where the noise is so many times that of the same model without it: then three quarters of it are the fault's. */
const leastTimes = 4;

interface Case {
  readonly fault: 'bad range' | 'wrong preprocessing' | 'clipped weights' | 'biased kernel';
  readonly where: string;
  readonly wanted: Cause;
  readonly quantized: Graph;
  /** Positions of nodes of the quantized graph whose kernel is biased, and by how many steps. */
  readonly kernel?: { readonly position: number; readonly steps: number };
}

interface Outcome {
  readonly fault: Case['fault'];
  readonly where: string;
  readonly first: string;
  readonly isRight: boolean;
  /** Of noise, times that without the fault. */
  readonly times: number;
}

async function casesOf(graph: Graph, made: Injected, few: boolean): Promise<readonly Case[]> {
  const cases: Case[] = [];
  const some = <T>(all: readonly T[]): readonly T[] => {
    const most = few ? 2 : 6;
    return all.filter((_, i) => Math.floor((i * most) / all.length) !== Math.floor(((i - 1) * most) / all.length));
  };
  const nameOf = (position: number): string => graph.nodes[position]!.origin;
  for (const position of some(rangedLayers(graph)))
    for (const factor of few ? [0.3, 20] : [0.15, 0.3, 8, 30])
      cases.push({
        fault: 'bad range',
        where: `${nameOf(position)} x ${factor}`,
        wanted: 'activation range',
        quantized: made.badRange(position, factor),
      });
  for (const position of some(weightedLayers(graph)))
    for (const share of few ? [0.3] : [0.2, 0.5])
      cases.push({
        fault: 'clipped weights',
        where: `${nameOf(position)} to ${share}`,
        wanted: 'weight clipping',
        quantized: made.clippedWeights(position, share),
      });
  const preparations: readonly (readonly [string, (value: number) => number])[] = [
    ['/ 255', (value) => value / 255],
    ['x 127', (value) => value * 127],
    ['/ 4', (value) => value / 4],
    ['x 10', (value) => value * 10],
  ];
  for (const [where, prepare] of few ? preparations.slice(0, 2) : preparations)
    cases.push({ fault: 'wrong preprocessing', where, wanted: 'data', quantized: await made.otherSamples(prepare) });
  const kernels = made.plain.nodes.flatMap(({ kind }, position) => (/CONV|FULLY/.test(kind) ? [position] : []));
  for (const position of some(kernels))
    for (const steps of few ? [8] : [3, 8, -12])
      cases.push({
        fault: 'biased kernel',
        where: `${made.plain.nodes[position]!.origin} + ${steps}`,
        wanted: 'kernel',
        quantized: made.plain,
        kernel: { position, steps },
      });
  return cases;
}

async function attributionOf(
  float: Graph,
  samples: Samples,
  { quantized, kernel }: Pick<Case, 'quantized' | 'kernel'>,
) {
  const outputs = kernel === undefined ? undefined : [record(quantized, samples, kernel)];
  const { attribution, evaluation } = await explainFile(
    {
      model: saved('int8', quantized),
      float: saved('float', float),
      evaluation: { name: 'samples', samples: samples.map((inputs) => ({ inputs })) },
      outputs,
      budgetSeconds: secondsFor(float),
    },
    host,
    noProgress,
  );
  return { attribution, sqnrDb: evaluation.accuracy[0]!.sqnrDb ?? Infinity };
}

/** For all samples by cause, and none of the layers, which take most of the time. */
function secondsFor(float: Graph): number {
  return 4 * 26 * new WorkBudget(float, 1).costOf(0, 26);
}

function saved(name: string, graph: Graph): string {
  const path = join(folder, `${name}.tflite`);
  writeFileSync(path, encode(graphToModel(graph)));
  return path;
}

function record(quantized: Graph, samples: Samples, { position, steps }: NonNullable<Case['kernel']>): string {
  const device = withBiasedKernel(quantized, position, steps);
  const rows = samples.map((inputs) => [...(device([...inputs])[0] as Int8Array)]);
  const path = join(folder, 'device.bin');
  writeFileSync(path, Int8Array.from(rows.flat()));
  return `raw:${path}?dtype=int8&shape=${rows[0]!.length}`;
}

async function run(name: string, graph: Graph, samples: Samples, few: boolean): Promise<readonly Outcome[]> {
  const engine: Engine = await host.engine();
  const made = await injected(graph, samples, engine);
  const plain = await attributionOf(graph, samples, { quantized: made.plain });
  const outcomes: Outcome[] = [];
  for (const each of await casesOf(graph, made, few)) {
    const { attribution, sqnrDb } = await attributionOf(graph, samples, each);
    const gained = each.kernel === undefined ? attribution.sqnrDb! - plain.attribution.sqnrDb! : sqnrDb - plain.sqnrDb;
    const times = 10 ** (-gained / 10);
    if (!(times >= leastTimes)) continue;
    const first = firstOf(attribution);
    outcomes.push({ fault: each.fault, where: `${name}: ${each.where}`, first, isRight: first === each.wanted, times });
  }
  if (isLong)
    process.stderr.write(`${name}: ${outcomes.filter(({ isRight }) => isRight).length} of ${outcomes.length}\n`);
  return outcomes;
}

function firstOf({ causes }: Attribution): string {
  return causes[0]?.cause ?? 'none';
}

function tell(outcomes: readonly Outcome[]): void {
  const shares: number[] = [];
  for (const fault of ['bad range', 'wrong preprocessing', 'clipped weights', 'biased kernel'] as const) {
    const own = outcomes.filter((each) => each.fault === fault);
    const right = own.filter(({ isRight }) => isRight).length;
    if (isLong) {
      const wrong = own
        .filter(({ isRight }) => !isRight)
        .map(({ where, first, times }) => `  ${where}: ${first}; ${times.toFixed(1)} times the noise`);
      process.stderr.write(`${[`${fault}: ${right} of ${own.length} first`, ...wrong].join('\n')}\n`);
    }
    shares.push(right / own.length);
  }
  // Not a number where a fault was never planted.
  expect(shares.every((share) => share >= 0.95)).toBe(true);
}

function samplesFor(graph: Graph, count: number): Samples {
  return Array.from({ length: count }, (_, seed) =>
    graph.inputs.map((id) =>
      Float32Array.from({ length: elementCount(tensorAt(graph, id).shape) }, (_, i) =>
        Math.sin(seed * 1.7 + (i * (1 + (seed % 5)) + i * i * 0.003) / 7),
      ),
    ),
  );
}

const built = isLong
  ? [1, 2, 3].flatMap((seed) => [4, 16].map((channels) => ({ seed, channels })))
  : [
      { seed: 1, channels: 8 },
      { seed: 2, channels: 4 },
    ];

it('ranks each fault first in 95 of 100, in models that are built', async () => {
  const outcomes: Outcome[] = [];
  for (const size of built) {
    const { graph } = optimize(attributedNetwork(size));
    outcomes.push(...(await run(JSON.stringify(size), graph, samplesFor(graph, 24), !isLong)));
  }
  tell(outcomes);
});

const models = [
  'mlperf-tiny/kws01/kws_float.h5',
  'mlperf-tiny/ic01/pretrainedResnet.h5',
  'tinymaix/mnist_dw.h5',
  'tinymaix/mbnet96_0.25.h5',
];

if (isLong)
  describeShared('models', () => {
    it('ranks each fault first in 95 of 100, in trained models', async () => {
      const outcomes: Outcome[] = [];
      for (const file of models) {
        const { graph } = optimize(importModel(readFileSync(sharedPath('models', file)), { fileName: file }).graph);
        outcomes.push(...(await run(file, graph, samplesFor(graph, 12), false)));
      }
      tell(outcomes);
    });
  });
