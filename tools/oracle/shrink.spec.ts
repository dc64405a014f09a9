// Shrunk files against the files they were made of, in TFLite Micro, TensorFlow and LiteRT: not one output differs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { graphCost, WherryError, type Graph } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { shrink } from '@wherry/quantizer';
import { encode, graphToModel, verify } from '@wherry/tflite-writer';
import { randomIntegerNetwork } from '../../packages/quantizer/src/testing/random-integer-network.js';
import { sharedFolder, sharedPath } from '../testing/src/index.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';
const samples = Number(process.env['WHERRY_ORACLE_SAMPLES'] ?? 40);
const script = fileURLToPath(new URL('./same_outputs.py', import.meta.url));

interface Pair {
  readonly name: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

type Answers = { readonly [runtime: string]: readonly (number | string)[] };

/** Of each runtime, per pair: how many output values differ, or why it does not run the file. */
function compare(pairs: readonly Pair[]): Answers {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-shrink-'));
  try {
    const paths = pairs.flatMap(({ before, after }, i) =>
      [before, after].map((bytes, side) => {
        const path = join(folder, `${i}-${side}.tflite`);
        writeFileSync(path, bytes);
        return path;
      }),
    );
    const text = execFileSync(python, ['-B', script, String(samples), ...paths], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse(text.trim().split('\n').at(-1)!) as Answers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fileOf(graph: Graph): Uint8Array {
  const bytes = encode(graphToModel(graph));
  verify(bytes, { alignedData: true });
  return bytes;
}

if (python === '') it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles');
else
  it('random networks, shrunk', () => {
    const pairs = Array.from({ length: 60 }, (_, i) => i + 1).flatMap((seed): Pair[] => {
      const graph = randomIntegerNetwork(seed);
      const { graph: shrunk } = shrink(graph);
      return shrunk === graph ? [] : [{ name: `random ${seed}`, before: fileOf(graph), after: fileOf(shrunk) }];
    });
    expect(pairs.length).toBeGreaterThan(20);
    const none = pairs.map(() => 0);
    expect(compare(pairs)).toEqual({ 'TFLite Micro': none, TensorFlow: none, LiteRT: none });
  }, 600_000);

const files =
  python === '' || !existsSync(sharedFolder())
    ? []
    : readdirSync(sharedPath('models'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.tflite'))
        .sort();
if (files.length === 0) it.todo('left out: the real models; have ../shared');

/** Undefined where the importer does not read the file. */
function imported(bytes: Uint8Array): Graph | undefined {
  try {
    return importModel(bytes).graph;
  } catch (error) {
    if (error instanceof WherryError) return undefined;
    throw error;
  }
}

/** Undefined where nothing can be gained. Convolutions over one channel become whatever they are not. */
function smaller(name: string): (Pair & { readonly line: string }) | undefined {
  const before = readFileSync(sharedPath('models', name));
  const graph = imported(before);
  if (graph === undefined) return undefined;
  const { graph: after } = shrink(graph, {
    oneChannel: ({ node }) => (node.kind === 'CONV_2D' ? 'DEPTHWISE_CONV_2D' : 'CONV_2D'),
  });
  if (after === graph) return undefined;
  const macs = [graph, after].map((each) => graphCost(each).total.macs);
  const bytes = [graph, after].map((each) => fileOf(each).byteLength);
  const line = `${name}: MACs ${macs.join(' -> ')}, ${before.byteLength} bytes, written ${bytes.join(' -> ')}`;
  return { name, before, after: fileOf(after), line };
}

if (files.length > 0)
  it('real models, shrunk and their one-channel convolutions turned', () => {
    const pairs = files.map(smaller).filter((pair) => pair !== undefined);
    const answers = compare(pairs);
    for (const [i, { name, line }] of pairs.entries()) {
      const seen = Object.entries(answers).map(([runtime, counts]) => `${runtime} ${counts[i]}`);
      process.stdout.write(`${line}; ${seen.join(', ')}\n`);
      // What a runtime refuses in its original form is not compared.
      for (const counts of Object.values(answers))
        if (typeof counts[i] === 'number') expect({ name, n: counts[i] }).toEqual({ name, n: 0 });
    }
    expect(pairs.length).toBeGreaterThan(10);
  }, 600_000);
