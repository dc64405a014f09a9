// Quantized .tflite files of others, deployed as they are: in TFLite Micro the written file gives the bytes of the given one.
import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operatorOf, WherryError } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import type { ArenaEstimate } from '@wherry/memory-planner';
import { attempt, deployHost, noProgress, readProfileFolder, type Deployment } from '@wherry/pipeline';
import { decode } from '@wherry/tflite-writer';
import { sharedFolder, sharedPath } from '../testing/src/index.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';

interface Same {
  readonly samples: number;
  readonly different: number;
  readonly distinct: number;
  readonly error?: string;
}

function run<Answer>(script: string, paths: readonly string[]): { readonly [path: string]: Answer } {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const options: ExecFileSyncOptionsWithStringEncoding = {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
    stdio: ['ignore', 'pipe', 'ignore'],
  };
  return JSON.parse(execFileSync(python, [file, ...paths], options)) as { readonly [path: string]: Answer };
}

/** All that can be imported and has integers with scales. */
function quantizedFiles(): readonly string[] {
  const root = sharedPath('models');
  return (readdirSync(root, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.tflite'))
    .sort()
    .map((name) => join(root, name))
    .filter((path) => {
      try {
        return importModel(readFileSync(path)).graph.tensors.some(({ quantization }) => quantization !== undefined);
      } catch (error) {
        if (error instanceof WherryError) return false;
        throw error;
      }
    });
}

interface Passed {
  readonly path: string;
  readonly written: string;
  readonly deployment: Deployment;
}

interface Outcome {
  readonly passed: readonly Passed[];
  /** With the exit code. */
  readonly refused: ReadonlyMap<string, number>;
}

async function deployAll(paths: readonly string[], profile: string, folder: string): Promise<Outcome> {
  const library = await readProfileFolder();
  const passed: Passed[] = [];
  const refused = new Map<string, number>();
  for (const [position, model] of paths.entries()) {
    try {
      const asked = request(model, profile);
      const { deployment, refused: misfit } = await attempt(asked, library, deployHost(), noProgress);
      if (deployment === undefined) {
        refused.set(model, misfit.refusal.definition.exitCode);
        continue;
      }
      const written = join(folder, `${profile}-${position}.tflite`);
      writeFileSync(written, deployment.tflite);
      passed.push({ path: model, written, deployment });
    } catch (error) {
      if (!(error instanceof WherryError)) throw error;
      refused.set(model, error.definition.exitCode);
    }
  }
  return { passed, refused };
}

function request(model: string, profile: string): Parameters<typeof attempt>[0] {
  return {
    model,
    profile,
    method: 'auto',
    percentile: 99.99,
    biasCorrection: 'auto',
    equalization: 'auto',
    rounding: 'auto',
    weightClipping: 'auto',
    budgetSeconds: 20,
    compactMatrices: false,
  };
}

/** Of one set there are many files of a single layer. */
const isSingleLayer = (path: string): boolean => path.includes('seanet-int16');
const named = (path: string): string => relative(sharedPath('models'), path);

/** Operators of the file that the resolver in the C files does not have. */
function missingMethods({ files, tflite }: Deployment): string[] {
  const content = files.get('model_ops.h') ?? '';
  const text = content instanceof Uint8Array ? new TextDecoder().decode(content) : [...content].join('');
  const { graph } = importModel(tflite);
  return graph.nodes
    .map(({ kind }) => operatorOf(kind).tflm?.resolver ?? kind)
    .filter((method) => !text.includes(`${method}(`));
}

function estimateIn({ memory }: Deployment): ArenaEstimate {
  return memory.offline?.estimate ?? memory.estimate;
}

if (python === '' || !existsSync(sharedFolder())) {
  it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles, and have ../shared');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-as-it-is-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const paths = quantizedFiles();
  let host: Promise<Outcome> | undefined;
  const onHost = (): Promise<Outcome> => (host ??= deployAll(paths, 'host-reference', folder));

  it.each(['esp32', 'stm32h7'])(
    'gives the same bytes for every sample after %s, or refuses with exit code 4 or 5',
    async (profile) => {
      const { passed, refused } = await deployAll(paths, profile, folder);
      const same = run<Same>(
        'tflm_same.py',
        passed.flatMap(({ path, written }) => [path, written]),
      );
      const wrong = passed.filter(({ written }) => same[written]?.different !== 0);
      expect(wrong.map(({ path, written }) => [named(path), same[written]])).toEqual([]);
      expect(passed.flatMap(({ deployment }) => missingMethods(deployment))).toEqual([]);
      expect([...refused].filter(([, code]) => code !== 4 && code !== 5)).toEqual([]);
      const constant = passed.filter(({ written }) => same[written]!.distinct < 2);
      process.stdout.write(
        `${profile}: ${passed.length} of ${paths.length} quantized files as they are, ${passed.filter(({ path }) => !isSingleLayer(path)).length} of them of more than a layer, the same bytes in ${same[passed[0]!.written]!.samples} samples of each; refused: ${[...refused].map(([path, code]) => `${named(path)} (${code})`).join(', ')}\n`,
      );
      // Their weights are scrambled, so that they give one answer to everything; states.spec.ts compares their layers.
      expect(constant.map(({ path }) => named(path)).filter((name) => !name.includes('keyword_scrambled'))).toEqual([]);
      expect(passed.filter(({ path }) => !isSingleLayer(path)).length).toBeGreaterThanOrEqual(30);
    },
    600_000,
  );

  it('gives the same bytes in LiteRT, which runs dynamic range and uint8 as well', async () => {
    const own = paths.filter((path) => !isSingleLayer(path));
    const { passed, refused } = await deployAll(own, 'android-cpu', folder);
    const same = run<Same>('tflm_same.py', ['--litert', ...passed.flatMap(({ path, written }) => [path, written])]);
    // LiteRT refuses the file that was given, for a dimension that a bias does not have: a reason to name it right.
    const wrong = passed.filter(
      ({ path, written }) => same[written]!.different !== 0 && named(path) !== 'tflm/person_detect.tflite',
    );
    expect(wrong.map(({ path, written }) => [named(path), same[written]])).toEqual([]);
    process.stdout.write(
      `android-cpu: ${passed.length} of ${own.length} as they are; refused: ${[...refused].map(([path, code]) => `${named(path)} (${code})`).join(', ')}\n`,
    );
    expect([...refused].filter(([, code]) => code !== 4)).toEqual([]);
    expect(passed.filter(({ deployment }) => deployment.place.scheme === 'dynamic-range').length).toBeGreaterThan(2);
  }, 600_000);

  it('foretells the arena of what is written: at least what is taken, at most a tenth more', async () => {
    // The host computes dynamic range as well, which TFLite Micro does not.
    const passed = (await onHost()).passed.filter(
      ({ path, deployment }) => !isSingleLayer(path) && deployment.place.scheme !== 'dynamic-range',
    );
    const measured = run<readonly [number, number] | null>(
      'tflm_arena.py',
      passed.map(({ written }) => written),
    );
    const rows = passed.map(({ path, written, deployment }) => {
      const [used, least] = measured[written]!;
      const estimate = estimateIn(deployment);
      return {
        name: named(path),
        over: [(100 * (estimate.usedBytes - used)) / used, (100 * (estimate.leastArenaBytes - least)) / least],
        holds: deployment.fit.ram.used >= least,
      };
    });
    const all = rows.flatMap(({ over }) => over);
    process.stdout.write(
      `${rows.length} written files: the arena is ${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)} % above what is taken\n`,
    );
    expect(rows.filter(({ over, holds }) => !holds || over.some((percent) => percent < 0 || percent > 10))).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(30);
  }, 600_000);

  it('keeps the constants and scales of the file, byte for byte', async () => {
    const { passed } = await onHost();
    const lost = passed.flatMap(({ path, deployment }) => {
      const given = new Set(constantsOf(readFileSync(path)));
      return constantsOf(deployment.tflite).every((each) => given.has(each)) ? [] : [named(path)];
    });
    // Their shapes are computed where the file has operators for it.
    expect(lost.filter((name) => !name.includes('mbnet96'))).toEqual([]);
  }, 600_000);
}

/** Type, scale, zero point and bytes of each constant, and of each other tensor but the bytes. */
function constantsOf(bytes: Uint8Array): string[] {
  const model = decode(bytes);
  return (model.subgraphs ?? []).flatMap(({ tensors }) =>
    (tensors ?? []).map(({ type, buffer, quantization }) => {
      const { scale = [], zero_point: zeros = [] } = quantization ?? {};
      const data = model.buffers?.[buffer]?.data;
      const isReal = type.startsWith('FLOAT') || scale.every((value) => value === 0);
      return `${type} ${isReal ? '' : [...scale].join()} ${isReal ? '' : scale.map((_, i) => zeros[i] ?? zeros[0] ?? 0n).join()} ${data === undefined ? '' : Buffer.from(data).toString('base64')}`;
    }),
  );
}
