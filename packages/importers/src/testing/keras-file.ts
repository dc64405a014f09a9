// Writes Keras .h5 files for tests, with the HDF5 library itself.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm, { type Group } from 'h5wasm/node';

export interface TestWeight {
  /** As Keras names it, e.g. `dense/kernel:0`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export interface TestFile {
  /** The text of model_config; an object is written as JSON; left out for a file of weights only. */
  readonly config?: unknown;
  readonly kerasVersion?: string;
  /** By the name of the top-level layer. */
  readonly weights?: Readonly<Record<string, readonly TestWeight[]>>;
}

export async function kerasFile(file: TestFile): Promise<Uint8Array> {
  await h5wasm.ready;
  const folder = mkdtempSync(join(tmpdir(), 'keras-file-'));
  try {
    const path = join(folder, 'model.h5');
    const h5 = new h5wasm.File(path, 'w');
    h5.create_attribute('keras_version', file.kerasVersion ?? '2.15.0');
    if (file.config !== undefined)
      h5.create_attribute('model_config', typeof file.config === 'string' ? file.config : JSON.stringify(file.config));
    writeWeights(h5.create_group('model_weights'), file.weights ?? {});
    h5.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeWeights(group: Group, weights: NonNullable<TestFile['weights']>): void {
  group.create_attribute('layer_names', [...Object.keys(weights), 'last']);
  for (const [layer, list] of Object.entries(weights)) {
    // A layer's name is a path to HDF5.
    const own = groupAt(group, layer.split('/'));
    own.create_attribute(
      'weight_names',
      list.map((weight) => weight.name),
    );
    for (const { name, shape, data } of list) {
      const parts = name.split('/');
      const parent = groupAt(own, parts.slice(0, -1));
      parent.create_dataset({ name: parts.at(-1)!, data: new Float32Array(data), shape: [...shape], dtype: '<f4' });
    }
  }
}

function groupAt(group: Group, path: readonly string[]): Group {
  return path.reduce((parent, part) => (parent.get(part) as Group | null) ?? parent.create_group(part), group);
}

/** A layer of a sequential model. */
export function layer(className: string, config: Readonly<Record<string, unknown>>): object {
  return { class_name: className, config: { trainable: true, dtype: 'float32', ...config } };
}

/** The configuration of a sequential model that takes `shape`, batch left open. */
export function sequential(shape: readonly number[], ...layers: readonly object[]): object {
  const input = layer('InputLayer', { batch_input_shape: [null, ...shape], name: 'input' });
  return { class_name: 'Sequential', config: { name: 'model', layers: [input, ...layers] } };
}
