// The HDF5 reader against h5py: files in every storage form, with what h5py reads from them committed beside.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WherryError } from '@wherry/graph';
import { openHdf5, type Hdf5Dataset, type Hdf5Group, type Values } from './open-hdf5.js';

const folder = fileURLToPath(new URL('../../fixtures/hdf5', import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.h5'))
  .map((name) => name.slice(0, -3))
  .sort();

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, `${name}.h5`)));
const jsonOf = <T>(name: string): T => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as T;

interface Expected {
  readonly shape?: readonly number[] | null;
  readonly values?: readonly string[] | null;
  readonly attributes: Readonly<Record<string, readonly string[] | null>>;
}

/** Numbers are compared as numbers: Python writes `1.0` and `1e-07` where this writes `1` and `1e-7`. */
function expectValues(actual: Values, expected: readonly string[] | null, where: string): void {
  const list = expected ?? [];
  if (actual.kind === 'strings') expect([where, actual.data]).toEqual([where, list]);
  else expect([where, [...(actual.data as Iterable<number | bigint>)].map(Number)]).toEqual([where, list.map(Number)]);
}

function walk(object: Hdf5Group | Hdf5Dataset, visit: (object: Hdf5Group | Hdf5Dataset) => void): void {
  visit(object);
  if (object.kind === 'group') for (const name of object.names) walk(object.open(name)!, visit);
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return error instanceof WherryError ? error.diagnostic.code : String(error);
  }
}

describe('openHdf5', () => {
  it.each(names.filter((name) => !name.startsWith('refused')))('reads %s as h5py does', (name) => {
    const expected = jsonOf<Readonly<Record<string, Expected>>>(name);
    const seen: string[] = [];
    walk(openHdf5(bytesOf(name)).root, (object) => {
      seen.push(object.path);
      const { attributes, shape, values } = expected[object.path]!;
      expect([...object.attributes.keys()].sort()).toEqual(Object.keys(attributes).sort());
      for (const [key, attribute] of object.attributes)
        expectValues(attribute.read(), attributes[key]!, `${object.path}@${key}`);
      if (object.kind === 'dataset') {
        expect(object.shape).toEqual(shape);
        expectValues(object.read(), values!, object.path);
      }
    });
    expect(seen.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(names.filter((name) => name.startsWith('refused')))('refuses the objects of %s', (name) => {
    const { root } = openHdf5(bytesOf(name));
    const expected = jsonOf<Readonly<Record<string, string>>>(name);
    const actual = Object.keys(expected).map((path) => {
      const code = codeOf(() => {
        const object = root.open(path);
        if (object?.kind === 'dataset') object.read();
      });
      return [path, code];
    });
    expect(Object.fromEntries(actual)).toEqual(expected);
  });

  it('refuses what is no HDF5 file', () => {
    expect(codeOf(() => openHdf5(new Uint8Array(0)))).toBe('HDF5_INVALID');
    expect(codeOf(() => openHdf5(new Uint8Array(4096)))).toBe('HDF5_INVALID');
  });

  it.each(['values_earliest', 'values_latest', 'chunks_latest'])('refuses %s cut off anywhere', (name) => {
    const bytes = bytesOf(name);
    for (let length = 8; length < bytes.length; length += 997) {
      expect([length, codeOf(() => openHdf5(bytes.subarray(0, length)))]).toEqual([
        length,
        expect.stringMatching(/^HDF5_TRUNCATED$/),
      ]);
    }
  });

  it('notices a changed bit of compressed, checksummed and metadata bytes', () => {
    const bytes = bytesOf('chunks_latest');
    const codes = new Set<string>();
    for (let at = 48; at < bytes.length; at += 499) {
      const copy = Uint8Array.from(bytes);
      copy[at]! ^= 0x10;
      codes.add(codeOf(() => walk(openHdf5(copy).root, (object) => object.kind === 'dataset' && object.read())));
    }
    expect([...codes].filter((code) => !/^(HDF5_[A-Z0-9_]+|accepted)$/.test(code))).toEqual([]);
    expect([...codes]).toEqual(expect.arrayContaining(['HDF5_CHECKSUM']));
  });
});
