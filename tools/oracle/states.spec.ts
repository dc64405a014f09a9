// Operators with a state, several runs in a row: TFLite Micro in one interpreter, the reference and both engines with one executor.
import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { int8Engine } from '@wherry/engine-int8';
import { tfjsEngine } from '@wherry/engine-tfjs';
import {
  allocate,
  dataTypes,
  elementCount,
  evaluate,
  freshStates,
  opKinds,
  roleOf,
  tensorAt,
  type DataType,
  type Graph,
  type TensorData,
} from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { importModel } from '@wherry/importers';
import { planMemory } from '@wherry/memory-planner';
import { checkGraph } from '@wherry/profiles';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { sharedFolder, sharedPath } from '../testing/src/index.js';
import { hostOn } from './host-on.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';
const runs = 4;

const models = [
  'trained_lstm',
  'trained_lstm_int8',
  'micro_speech_lstm',
  'dtln_noise_suppression',
  'keyword_scrambled',
  'keyword_scrambled_8bit',
].map((name) => `tflm/${name}.tflite`);

interface Sequence {
  readonly name: string;
  /** The file, as it is. */
  readonly bytes: Uint8Array;
  readonly graph: Graph;
  readonly feeds: readonly (readonly TensorData[])[];
}

type Answer =
  { readonly outputs: readonly (readonly string[])[]; readonly used: number } | { readonly refused: string };

/** The same on every machine: a linear congruential generator. */
function valuesOf(dtype: DataType, count: number, seed: number): TensorData {
  let state = (seed * 2654435761) >>> 0;
  const values = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const share = state / 2 ** 32;
    const [least, greatest] = dataTypes[dtype].range ?? [0, 1];
    values[i] = dtype === 'float32' ? share : Math.floor(least + share * (greatest - least + 1));
  }
  return values;
}

function feedsOf(graph: Graph): TensorData[][] {
  return Array.from({ length: runs }, (_, run) =>
    graph.inputs.map((id, input) => {
      const { dtype, shape } = tensorAt(graph, id);
      return valuesOf(dtype, elementCount(shape), 1 + run + 100 * input);
    }),
  );
}

function sequences(): readonly Sequence[] {
  const kinds = opKinds.filter((kind) => Array.from({ length: 24 }, (_, i) => roleOf(kind, i).role).includes('state'));
  const single = kinds.flatMap((kind) =>
    casesOf(kind).map(({ graph, name }) => ({ name: `${kind} ${name}`, graph, bytes: encode(graphToModel(graph)) })),
  );
  const whole = existsSync(sharedFolder())
    ? models.map((name) => {
        const bytes = new Uint8Array(readFileSync(sharedPath('models', name)));
        return { name, bytes, graph: importModel(bytes).graph };
      })
    : [];
  // As the file is, and as we write it.
  const again = whole.map(({ name, graph }) => ({ name: `${name} again`, graph, bytes: encode(graphToModel(graph)) }));
  return [...single, ...whole, ...again].map((one) => ({ ...one, feeds: feedsOf(one.graph) }));
}

/** `packages`: a folder of Python packages that come before the installed ones. */
function answersOf(all: readonly Sequence[], name: 'tflm_runs' | 'litert_runs', packages?: string): readonly Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-states-'));
  try {
    const questions = all.map(({ bytes, graph, feeds }, i) => {
      const model = join(folder, `${i}.tflite`);
      writeFileSync(model, bytes);
      return {
        model,
        outputs: graph.outputs.length,
        feeds: feeds.map((run) =>
          run.map(({ buffer }, input) => {
            const { dtype, shape } = tensorAt(graph, graph.inputs[input]!);
            return { dtype, shape, data: Buffer.from(buffer as ArrayBuffer).toString('base64') };
          }),
        ),
      };
    });
    const path = join(folder, 'questions.json');
    writeFileSync(path, JSON.stringify(questions));
    const options: ExecFileSyncOptionsWithStringEncoding = {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
      ...(packages === undefined ? {} : { env: { ...process.env, PYTHONPATH: packages } }),
    };
    const script = fileURLToPath(new URL(`./${name}.py`, import.meta.url));
    return JSON.parse(execFileSync(python, [script, path], options)) as Answer[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Greatest distance; of real numbers, whose sums have another order, in steps of 1e-5. */
function distance(expected: TensorData, text: string): number {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64')).buffer;
  const answer = new (expected.constructor as new (buffer: ArrayBuffer) => Float32Array)(bytes);
  const step = expected instanceof Float32Array ? 1e-5 : 1;
  return expected.length === answer.length
    ? answer.reduce((most, value, i) => Math.max(most, Math.abs(value - Number(expected[i])) / step), 0)
    : Infinity;
}

function farthest(
  outputs: readonly (readonly TensorData[])[],
  { outputs: recorded }: { outputs: readonly (readonly string[])[] },
): number {
  return Math.max(...outputs.flatMap((run, i) => run.map((output, o) => distance(output, recorded[i]![o]!))));
}

const litertVersions = [
  { version: '2.3.0', folder: undefined },
  { version: '2.1.0', folder: join(dirname(python), '../litert-2.1.0') },
].filter(({ folder }) => folder === undefined || existsSync(folder));

const isReal = ({ graph }: Sequence): boolean => tensorAt(graph, graph.inputs[0]!).dtype === 'float32';

if (python === '') {
  it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles');
} else {
  const all = sequences();
  const answers = answersOf(all, 'tflm_runs');

  it('runs in TFLite Micro', () => {
    expect(answers.filter((answer) => 'refused' in answer)).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  it.each(['reference', 'tfjs', 'int8'] as const)('gives on the engine %s what it gives', async (name) => {
    const wrong: object[] = [];
    for (const [i, one] of all.entries()) {
      const states = freshStates(one.graph);
      const outputs: TensorData[][] = [];
      if (name === 'reference') {
        for (const feeds of one.feeds) outputs.push(evaluate(one.graph, feeds, { states }));
      } else {
        if (isReal(one) !== (name === 'tfjs')) continue;
        const executor = await (name === 'tfjs' ? await tfjsEngine() : int8Engine()).prepare(one.graph);
        // Samples have nothing to do with each other: whatever ran before, the first run of a sequence is a first run.
        await executor.run(one.feeds.at(-1)!);
        outputs.push([...(await executor.run(one.feeds[0]!))]);
        executor.dispose();
      }
      const far = farthest(outputs, answers[i] as Extract<Answer, { outputs: unknown }>);
      if (!(far <= (isReal(one) ? 1 : 0))) wrong.push({ name: one.name, far });
    }
    expect(wrong).toEqual([]);
  });

  it('answers otherwise in a second run than in the first', () => {
    const feeds = all.map(({ graph, feeds: [first] }) => ({ graph, first: first! }));
    const changed = feeds.filter(({ graph, first }) => {
      const states = freshStates(graph);
      const [once, twice] = [evaluate(graph, first, { states }), evaluate(graph, first, { states })];
      return once.some((output, o) => Buffer.compare(bytesOf(output), bytesOf(twice[o]!)) !== 0);
    });
    expect(changed.length).toBeGreaterThan(all.length / 2);
  });

  describe.each(litertVersions)('LiteRT $version', ({ version, folder }) => {
    const target = hostOn({ name: 'litert-xnnpack', from: version });
    const stated = all.filter(({ graph }) => checkGraph(target, graph).length === 0);
    const given = answersOf(stated, 'litert_runs', folder);

    it('runs what its table states, and the table leaves out no operator with a state that it runs', () => {
      expect(given.flatMap((answer, i) => ('refused' in answer ? [[stated[i]!.name, answer.refused]] : []))).toEqual(
        [],
      );
      const left = all.filter((one) => !stated.includes(one));
      const beyond = answersOf(left, 'litert_runs', folder).flatMap((answer, i) =>
        'refused' in answer ? [] : [left[i]!.name],
      );
      expect(beyond).toEqual([]);
    });

    it('gives what the reference gives', () => {
      const far = stated.map((one, i) => {
        const states = freshStates(one.graph);
        const outputs = one.feeds.map((feeds) => evaluate(one.graph, feeds, { states }));
        const steps = farthest(outputs, given[i] as Extract<Answer, { outputs: unknown }>);
        return { name: one.name, steps, allowed: one.graph.nodes.length === 1 ? 1 : 5 };
      });
      // A whole model has a step here and there, as XNNPACK rounds once; what is kept from run to run goes on with it.
      expect(far.filter(({ steps, allowed }) => !(steps <= allowed))).toEqual([]);
    });
  });

  it('takes the arena that is estimated, up to a tenth less', () => {
    const wrong = all.flatMap(({ name, graph }, i) => {
      const { used } = answers[i] as Extract<Answer, { used: unknown }>;
      const target = { runtime: 'tflm-reference', pointerBytes: 8, alignment: 16 } as const;
      const estimated = planMemory(graph, target, { searchSteps: 1 }).estimate.usedBytes;
      return estimated < used || estimated > 1.1 * used ? [{ name, used, estimated }] : [];
    });
    expect(wrong).toEqual([]);
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: TensorData): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
