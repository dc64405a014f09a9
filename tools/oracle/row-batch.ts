// Has TFLite Micro and LiteRT load and run graphs of one operator, whatever their types, all in one Python process.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataTypes, tensorAt } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { onesFor, realOf, type RowCase } from './row-graph.js';

const script = fileURLToPath(new URL('contract_run.py', import.meta.url));

export interface Question extends RowCase {
  /** Other than what the operator says of the graph. */
  readonly version?: number;
}

/** `right`: it loaded, ran, and gave what real numbers give, up to the steps of the types; otherwise why not. */
export interface RowAnswer {
  readonly micro: string;
  readonly litert: string;
}

type Raw = { readonly outputs: readonly string[] } | { readonly refused: string };

/** In the order of the questions. `packages`: a folder of Python packages that come before the installed ones. Throws when the oracle itself fails. */
export function runRows(python: string, questions: readonly Question[], packages?: string): readonly RowAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-rows-'));
  try {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    const put = ({ buffer, byteOffset, byteLength }: ArrayBufferView): readonly [number, number] => {
      parts.push(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
      bytes += byteLength;
      return [bytes - byteLength, byteLength];
    };
    const asked = questions.map(({ graph, version }) => ({
      model: put(encoded(graph, version)),
      feeds: graph.inputs.map((id) => {
        const tensor = tensorAt(graph, id);
        return { dtype: tensor.dtype, shape: tensor.shape, at: put(onesFor(tensor)) };
      }),
      outputs: graph.outputs.length,
      ownKernels: false,
      arenas: null,
    }));
    writeFileSync(join(folder, 'cases.bin'), Buffer.concat(parts));
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(asked));
    execFileSync(python, ['-B', script, folder], {
      stdio: 'ignore',
      ...(packages === undefined ? {} : { env: { ...process.env, PYTHONPATH: packages } }),
    });
    const raw = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as readonly {
      readonly micro: Raw;
      readonly litert: Raw;
    }[];
    return raw.map(({ micro, litert }, i) => ({
      micro: verdictOf(micro, questions[i]!),
      litert: verdictOf(litert, questions[i]!),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function encoded(graph: RowCase['graph'], version: number | undefined): Uint8Array {
  const model = graphToModel(graph);
  if (version === undefined) return encode(model);
  return encode({ ...model, operator_codes: [{ ...model.operator_codes![0]!, version }] });
}

/** Quantized numbers lie some steps beside the real ones: scales are coarse, and rounding differs between the runtimes. */
const tolerance = 0.05;

function verdictOf(answer: Raw, { graph, expected }: RowCase): string {
  if ('refused' in answer) return `refused: ${answer.refused}`;
  const given = answer.outputs.flatMap((text, i) => {
    const tensor = tensorAt(graph, graph.outputs[i]!);
    const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
    const { array, bytes: width } = dataTypes[tensor.dtype];
    return bytes.length % width === 0 ? realOf(new array(bytes.buffer), tensor) : [];
  });
  const size = Math.max(1, ...expected.map(Math.abs));
  const apart = expected.map((value, i) => Math.abs(value - (given[i] ?? NaN)) / size);
  if (given.length === expected.length && apart.every((each) => each <= tolerance)) return 'right';
  return `wrong: [${given.slice(0, 4).join(', ')}] instead of [${expected.slice(0, 4).join(', ')}]`;
}
