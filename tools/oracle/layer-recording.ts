// Makes and reads the recordings of tflm_layers.py: every tensor of a model as TFLite Micro computes it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataTypes, type DataType, type TensorData } from '@wherry/graph';

interface RecordedTensor {
  readonly index: number;
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly offset: number;
  readonly bytes: number;
}

interface Header {
  readonly samples: number;
  readonly sampleBytes: number;
  readonly inputs: readonly number[];
  readonly tensors: readonly RecordedTensor[];
  readonly litert: readonly RecordedTensor[];
}

export interface LayerRecording {
  readonly samples: number;
  /** Graph inputs, then what the operators write, in that order. */
  readonly tensors: readonly RecordedTensor[];
  /** LiteRT's outputs of single layers with weights, on TFLite Micro's inputs. */
  readonly litert: readonly RecordedTensor[];
  valueOf(tensor: RecordedTensor, sample: number): TensorData;
}

const script = fileURLToPath(new URL('./tflm_layers.py', import.meta.url));

/**
 * Runs the oracle. Throws with its last line of output when TFLite Micro refuses the model. `alone`: layers with weights are
 * run in LiteRT as well.
 */
export function recordLayers(
  python: string,
  model: string,
  samples: number,
  { alone }: { readonly alone: boolean } = { alone: true },
): LayerRecording {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-layers-'));
  try {
    const out = join(folder, 'layers.bin');
    const arguments_ = ['-B', script, model, out, '--samples', String(samples), ...(alone ? ['--litert'] : [])];
    execFileSync(python, arguments_, { stdio: ['ignore', 'ignore', 'pipe'] });
    return parse(readFileSync(out));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parse(file: Buffer): LayerRecording {
  if (file.toString('latin1', 0, 4) !== 'WLAY') throw new Error('not a recording of tflm_layers.py');
  const start = 8 + file.readUInt32LE(4);
  const header = JSON.parse(file.toString('utf8', 8, start)) as Header;
  return {
    ...header,
    valueOf: (tensor, sample) => {
      const from = start + sample * header.sampleBytes + tensor.offset;
      const bytes = Uint8Array.from(file.subarray(from, from + tensor.bytes));
      return new dataTypes[tensor.dtype].array(bytes.buffer);
    },
  };
}
