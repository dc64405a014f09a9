// What is foreseen by shapes alone is never more than what becomes of a model, nor its most less: random graphs, real models.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, WherryError, type Graph } from '@wherry/graph';
import { planMemory } from '@wherry/memory-planner';
import { foretell, schemes } from '@wherry/quantizer';
import { describeShared, sharedPath } from '@wherry/testing';
import type { Fit } from './deployment.js';
import { arenaBytes, fitOf } from './fit.js';
import { foresee, type Foreseen } from './foresee.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { readModel } from './read-model.js';
import { standInBytes } from './stand-in-bytes.js';
import { schemeOptions } from './schemes/scheme-options.js';
import { wantedSchemes } from './schemes/wanted-schemes.js';
import { adaptToRuntime, requireLegal, requireMemoryTarget } from './target-rules.js';
import { formWithRanges, randomFloatGraph } from './testing/forms.js';
import { smallModel } from './testing/small-model.js';
import { encodeTflite, profileFingerprint, tfliteBytes } from './tflite-file.js';

const library = await readProfileFolder();
/** One of each kind of kernels whose arena is foretold. */
const targets = [
  ...new Map(
    [...library.targets.values()]
      // Those that take any of the graphs.
      .filter(({ profile: { refuses, runtime } }) => refuses === undefined && !/gpu|edgetpu/.test(runtime.name))
      .map((target) => [JSON.stringify([target.profile.runtime, target.profile.arithmetic.simd]), target] as const),
  ).values(),
];
type Target = (typeof targets)[number];

const hash = 'f'.repeat(64);
const provenance = (target: Target) => ({
  sourceModel: hash,
  calibrationSet: hash,
  profile: profileFingerprint(target),
  tool: '0.0.0',
});

const foreseen = (graph: Graph, target: Target, request = {}): Foreseen =>
  foresee(
    graph,
    { target, memoryTarget: requireMemoryTarget(target), toolVersion: '0.0.0' },
    placeOn(target),
    schemeOptions(smallRequest(request), target, schemeOn(target)),
  );

/** What the profile prefers. */
const placeOn = (target: Target) => wantedSchemes({}, target)[0]!;
const schemeOn = (target: Target) => placeOn(target).scheme;

function smallRequest(request: object): Parameters<typeof schemeOptions>[0] {
  return { ...model.request, ...request };
}

const model = smallModel();
afterAll(() => model.remove());

/** With ranges that are drawn, all the way to the bytes. */
function made(graph: Graph, target: Target, seed: number, request = {}): Fit {
  const form = formWithRanges(graph, schemeOptions(smallRequest(request), target, schemeOn(target)), seed);
  const { quantized } = adaptToRuntime(target, form);
  requireLegal(target, quantized.graph);
  const memory = planMemory(quantized.graph, requireMemoryTarget(target));
  const { length } = encodeTflite(quantized.graph, { offline: memory.offline, provenance: provenance(target) });
  return fitOf(target, placeOn(target), length, arenaBytes(target, memory));
}

/** The sizes that are out of order, of least, made and most. */
function faultsOf(graph: Graph, target: Target, seed: number, request = {}): readonly string[] {
  const { least, most } = foreseen(graph, target, request);
  const [some, many] = [made(graph, target, seed, request), most()];
  return (['flash', 'ram'] as const).flatMap((kind) => [
    ...(least[kind].used > some[kind].used ? [`${kind}: at least ${least[kind].used}, made ${some[kind].used}`] : []),
    ...(some[kind].used > many[kind].used ? [`${kind}: made ${some[kind].used}, at most ${many[kind].used}`] : []),
  ]);
}

it.each(targets)('bounds random graphs on $profile.id', (target) => {
  const seen = new Set<boolean>();
  for (let seed = 1; seed <= 40; seed++) {
    const graph = randomFloatGraph(seed);
    const request = seed % 3 === 0 ? { inputType: 'float32', outputType: 'float32' } : {};
    seen.add(foreseen(graph, target).certain);
    for (const ranges of [1, 2])
      expect([seed, faultsOf(graph, target, 7 * seed + ranges, request)]).toEqual([seed, []]);
  }
  // Real numbers leave nothing open.
  expect(seen.size).toBe(schemes[schemeOn(target)].calibrated ? 2 : 1);
});

it('sizes stand-ins as the writer would, without writing them', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const builder = new GraphBuilder(`g${'x'.repeat(seed)}`);
    let value = builder.input('x', [1, 7 + seed], 'float32');
    // Of every length beside a multiple of the alignment, some of them the same.
    for (const units of [40 + seed, 57, 57, 57 + (seed % 2)]) {
      const read = builder.tensor(value).shape[1]!;
      const weights = builder.constant('w', [units, read], new Float32Array(units * read), 'float32');
      const bias = builder.constant('b', [units], new Float32Array(units), 'float32');
      value = builder.add('FULLY_CONNECTED', [value, weights, bias], {}, { origin: `${units}` });
    }
    const { least, most } = foretell(builder.finish([value]), schemeOptions(model.request, targets[0]!, 'int8'));
    for (const { graph } of [least, most()]) {
      const whole = provenance(targets[0]!);
      expect(standInBytes(graph, undefined, whole)).toBe(tfliteBytes(graph, { provenance: whole }));
    }
  }
});

it('refuses what the target cannot run before any data is looked at', () => {
  const target = library.targets.get('esp32')!;
  const kernels = { ...target.kernels, operators: {}, unsupported: {} };
  expect(() => foreseen(randomFloatGraph(1), { ...target, kernels })).toThrow(
    /PROFILE_OPERATOR_UNSUPPORTED: tflm-esp-nn has no [A-Z]/,
  );
});

describeShared('of real models', () => {
  const mostFileBytes = 1 << 20;
  const files = (folder: string): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(h5|hdf5|keras|tflite)$/.test(name))
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).size <= mostFileBytes)
      .sort();

  it('is never more than what becomes of them, on any device', async () => {
    const faults: unknown[] = [];
    let held = 0;
    for (const path of files(sharedPath('models'))) {
      const read = await readModel({ ...model.request, model: path }, deployHost('reference'), false).catch(
        (error: unknown) => {
          if (error instanceof WherryError) return undefined;
          throw error;
        },
      );
      if (read === undefined) continue;
      for (const target of targets) {
        const found = tried(() => faultsOf(read.optimized, target, path.length));
        // What is refused is refused with the same words, foreseen or made.
        if (typeof found === 'string')
          expect([path, found]).toEqual([path, tried(() => made(read.optimized, target, 1))]);
        else held += 1;
        if (typeof found !== 'string' && found.length > 0) faults.push([path, target.profile.id, ...found]);
      }
    }
    expect(faults).toEqual([]);
    expect(held).toBeGreaterThan(300);
  }, 300_000);
});

function tried<T>(act: () => T): T | string {
  try {
    return act();
  } catch (error) {
    if (error instanceof WherryError) return error.message;
    throw error;
  }
}
