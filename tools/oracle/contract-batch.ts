// Has TFLite Micro and LiteRT run the one-operator files that our writer makes, all of them in one Python process.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataTypes, tensorAt, type TensorData } from '@wherry/graph';
import type { FilledCase } from '@wherry/graph/cases';
import { planMemory, type ArenaEstimate } from '@wherry/memory-planner';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { isDynamic } from './contract-differences.js';

const scripts = ['contract_run.py', 'op_versions.py'].map((name) => fileURLToPath(new URL(name, import.meta.url)));

/** What a runtime made of a case: its outputs, or why there are none. */
export type RuntimeAnswer =
  { readonly outputs: readonly TensorData[]; readonly used?: number } | { readonly refused: string };

export interface ContractAnswer {
  readonly micro: RuntimeAnswer;
  readonly litert: RuntimeAnswer;
  readonly estimate: ArenaEstimate;
  /** Of the operator, in our file, and as TensorFlow writes it; null where it makes another operator of it. */
  readonly version: number;
  readonly tensorflowVersion: number | null;
  /** Whether TFLite Micro allocates its tensors in the arena that is estimated, and in one that is a tenth smaller. */
  readonly enough: boolean;
  readonly tooSmall: boolean;
}

interface RawAnswer extends Pick<ContractAnswer, 'enough' | 'tooSmall'> {
  readonly micro: { readonly outputs: readonly string[]; readonly used: number } | { readonly refused: string };
  readonly litert: { readonly outputs: readonly string[] } | { readonly refused: string };
}

type Extent = readonly [offset: number, bytes: number];

/** Lives while one batch is written. */
class Blob {
  readonly #parts: Uint8Array[] = [];
  #bytes = 0;

  put({ buffer, byteOffset, byteLength }: ArrayBufferView): Extent {
    this.#parts.push(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
    this.#bytes += byteLength;
    return [this.#bytes - byteLength, byteLength];
  }

  get content(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** In the order of the cases. Throws when the oracle itself fails. */
export function runContract(python: string, cases: readonly FilledCase[]): readonly ContractAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-contract-'));
  try {
    const blob = new Blob();
    const estimates = cases.map(({ graph }) => estimateOf(graph));
    const asked = cases.map((one, i) => question(one, estimates[i]!, blob));
    writeFileSync(join(folder, 'cases.bin'), blob.content);
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(asked));
    for (const script of scripts) execFileSync(python, ['-B', script, folder], { stdio: 'ignore' });
    const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const raw = read('answers.json') as readonly RawAnswer[];
    const versions = read('versions.json') as readonly (number | null)[];
    return raw.map((answer, i) => ({
      ...answer,
      estimate: estimates[i]!,
      version: graphToModel(cases[i]!.graph).operator_codes![0]!.version!,
      tensorflowVersion: versions[i]!,
      micro: parse(answer.micro, cases[i]!),
      litert: parse(answer.litert, cases[i]!),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function estimateOf(graph: FilledCase['graph']): ArenaEstimate {
  return planMemory(graph, { runtime: 'tflm-reference', pointerBytes: 8, alignment: 16 }, { searchSteps: 1 }).estimate;
}

function question({ graph, feeds, type }: FilledCase, { leastArenaBytes }: ArenaEstimate, blob: Blob): object {
  return {
    model: blob.put(encode(graphToModel(graph))),
    // TensorFlow ends its process over constants of 4 bits.
    versioned: graph.tensors.every(({ dtype }) => dtype !== 'int4'),
    feeds: graph.inputs.map((id, i) => {
      const { dtype, shape } = tensorAt(graph, id);
      return { dtype, shape, at: blob.put(feeds[i]!) };
    }),
    outputs: graph.outputs.length,
    ownKernels: isDynamic(type),
    arenas: { enough: leastArenaBytes, tooSmall: 16 * Math.floor(leastArenaBytes / 1.1 / 16) - 16 },
  };
}

function parse(answer: RawAnswer['micro'] | RawAnswer['litert'], { graph }: FilledCase): RuntimeAnswer {
  if ('refused' in answer) return answer;
  const outputs = answer.outputs.map((text, i) => {
    const { array } = dataTypes[tensorAt(graph, graph.outputs[i]!).dtype];
    return new array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
  });
  return { ...answer, outputs };
}
