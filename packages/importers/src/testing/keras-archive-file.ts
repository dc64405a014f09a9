// Writes .keras archives for tests, with an HDF5 and a zip library.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import h5wasm, { type Group } from 'h5wasm/node';

export interface TestArchive {
  readonly config: unknown;
  readonly kerasVersion?: string;
  /** Weights in their order, by the path of the group around `vars`. */
  readonly weights: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Shapes, where a weight is no list. */
  readonly shapes?: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** What the `vars` groups say is the layer's name. */
  readonly names?: Readonly<Record<string, string>>;
  readonly separator?: '/' | '\\';
  /** Names `vars` too in the group's own name, where the separator is `\`. */
  readonly varsInName?: boolean;
  /** Compressed members instead of stored ones. */
  readonly deflate?: boolean;
  readonly more?: Readonly<Record<string, Uint8Array>>;
}

export async function kerasArchive(archive: TestArchive): Promise<Uint8Array> {
  const members = {
    'metadata.json': strToU8(JSON.stringify({ keras_version: archive.kerasVersion ?? '3.15.1' })),
    'config.json': strToU8(JSON.stringify(archive.config)),
    'model.weights.h5': await weightsFile(archive),
    ...archive.more,
  };
  return zipSync(members, { level: archive.deflate === true ? 6 : 0, mtime: new Date(2020, 1, 1) });
}

async function weightsFile({
  weights,
  shapes,
  names,
  separator = '/',
  varsInName = false,
}: TestArchive): Promise<Uint8Array> {
  await h5wasm.ready;
  const folder = mkdtempSync(join(tmpdir(), 'keras-archive-'));
  try {
    const path = join(folder, 'model.weights.h5');
    const h5 = new h5wasm.File(path, 'w');
    for (const [place, list] of Object.entries(weights)) {
      const whole = place.replaceAll('/', separator);
      const group = groupAt(h5, varsInName ? [`${whole}${separator}vars`] : [...whole.split('/'), 'vars']);
      const name = names?.[place];
      if (name !== undefined) group.create_attribute('name', name);
      list.forEach((data, i) => {
        const shape = [...(shapes?.[place]?.[i] ?? [data.length])];
        group.create_dataset({ name: String(i), data: new Float32Array(data), shape, dtype: '<f4' });
      });
    }
    h5.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function groupAt(group: Group, path: readonly string[]): Group {
  return path.reduce((parent, part) => (parent.get(part) as Group | null) ?? parent.create_group(part), group);
}
