// Walks the real folder: every profile and kernel table loads, covers every operator, and is found by its names.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operatorOf, opKinds, WherryError } from '@wherry/graph';
import {
  availableBytes,
  editorSchemas,
  findProfile,
  loadProfiles,
  mustComeFromHeap,
  type DeviceProfile,
} from './index.js';

const folder = join(import.meta.dirname, '../../../device-profiles');
const files = new Map<string, string>();
for (const sub of ['', 'runtimes/', 'schema/']) {
  for (const name of readdirSync(join(folder, sub))) {
    if (name.endsWith('.json')) files.set(sub + name, readFileSync(join(folder, sub, name), 'utf8'));
  }
}
const library = loadProfiles(files);

function errorOf(act: () => unknown): WherryError {
  try {
    act();
  } catch (error) {
    if (error instanceof WherryError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The real folder with one file changed. */
function loadWith(path: string, change: (document: Record<string, unknown>) => void): () => unknown {
  return () => {
    const document = JSON.parse(files.get(path) ?? '{}') as Record<string, unknown>;
    change(document);
    return loadProfiles(new Map([...files, [path, JSON.stringify(document)]]));
  };
}

describe('the folder of device profiles', () => {
  it('has a device for every file, and a runtime for every kernel table', () => {
    const namesIn = (sub: string): string[] =>
      [...files.keys()].flatMap((path) => new RegExp(`^${sub}([^/]+)\\.json$`).exec(path)?.[1] ?? []).sort();
    expect([...library.targets.keys()]).toEqual(namesIn('').filter((name) => name !== 'package'));
    expect([...library.runtimes.keys()]).toEqual(namesIn('runtimes/'));
    expect(library.targets.size).toBeGreaterThanOrEqual(20);
  });

  it.each([...library.targets.values()])('leaves memory for a model on $profile.id', ({ profile }) => {
    const { flash, ram } = profile.memory;
    // Where nothing can be made, that may be the reason.
    const least = profile.refuses === undefined ? 64 * 1024 : 0;
    expect(availableBytes(flash)).toBeGreaterThan(least);
    expect(availableBytes(ram)).toBeGreaterThan(least);
  });

  it('counts of RAM in blocks what one block can hold', () => {
    const { ram } = library.targets.get('esp32')!.profile.memory;
    expect(availableBytes(ram)).toBe(ram.blocks!.heapBytes);
    expect([131072, 131073].map((bytes) => mustComeFromHeap(ram, bytes))).toEqual([false, true]);
    const { ram: plain } = library.targets.get('esp32-s3')!.profile.memory;
    expect(availableBytes(plain)).toBe(plain.bytes - plain.reservedBytes);
    expect(mustComeFromHeap(plain, 1 << 20)).toBe(false);
  });

  it.each([...library.runtimes.values()])('avoids in $name only what it has', ({ operators, avoid }) => {
    const needed = avoid.map(({ operator, workaround }) => (workaround === 'reshape' ? 'RESHAPE' : operator));
    expect(needed.filter((operator) => !(operator in operators))).toEqual([]);
  });

  it.each([...library.runtimes.values()])(
    'says of every operator whether $name has it',
    ({ operators, unsupported }) => {
      for (const kind of opKinds) {
        const { builtin } = operatorOf(kind).tflite;
        expect([builtin, builtin in operators, builtin in unsupported]).toEqual([
          builtin,
          !(builtin in unsupported),
          !(builtin in operators),
        ]);
      }
    },
  );

  it.each([...library.runtimes.values()])('marks as optimized only what $name runs', ({ operators, optimized }) => {
    for (const [builtin, types] of Object.entries(optimized)) {
      const run = (operators[builtin]?.rows ?? []).map((row) => row.activations);
      expect(run).toEqual(expect.arrayContaining([...types]));
    }
  });

  it('commits the editor schemas as they are generated', () => {
    for (const [name, text] of editorSchemas()) expect([name, files.get(`schema/${name}`)]).toEqual([name, text]);
  });
});

describe('findProfile', () => {
  it('takes an id, an alias, and either in capitals', () => {
    for (const name of ['rp2040', 'raspberry-pi-pico', 'RP2040'])
      expect(findProfile(library, name).profile.id).toBe('rp2040');
  });

  it('suggests the nearest name and lists all', () => {
    const { definition, details } = errorOf(() => findProfile(library, 'esp23'));
    expect(definition.code).toBe('PROFILE_UNKNOWN');
    expect(details.next).toBe(`did you mean "esp32"? Choose one of ${[...library.targets.keys()].join(', ')}`);
  });
});

describe('a mistake in the folder', () => {
  const cases: readonly [string, string, (document: Record<string, unknown>) => void, string, RegExp][] = [
    [
      'an unknown key',
      'esp32.json',
      (d) => (d['memry'] = {}),
      'PROFILE_INVALID',
      /unknown key "memry"[^]*did you mean "memory"/,
    ],
    [
      'an unknown key deep down',
      'esp32.json',
      (d) => ((d['abi'] as Record<string, unknown>)['alignmnt'] = 8),
      'PROFILE_INVALID',
      /\/abi[^]*"alignment"/,
    ],
    ['a missing key', 'rp2040.json', (d) => delete d['memory'], 'PROFILE_INVALID', /"memory" is missing/],
    [
      'a misspelt value',
      'rp2040.json',
      (d) => (d['schemes'] = [{ scheme: 'int88' }]),
      'PROFILE_INVALID',
      /did you mean "int8"/,
    ],
    [
      'an unknown runtime',
      'esp32.json',
      (d) => (d['runtime'] = { name: 'tflm-esp', from: '1.3.4' }),
      'PROFILE_INVALID',
      /did you mean "tflm-esp-nn"/,
    ],
    [
      'an unknown version',
      'esp32.json',
      (d) => (d['runtime'] = { name: 'tflm-esp-nn', from: '9.9' }),
      'PROFILE_INVALID',
      /no version "9.9"/,
    ],
    [
      'an empty range of versions',
      'esp32.json',
      (d) => (d['runtime'] = { name: 'tflm-esp-nn', from: '1.3.4', before: '1.3.4.0' }),
      'PROFILE_INVALID',
      /no version of tflm-esp-nn is from/,
    ],
    [
      'a file under another name',
      'esp99.json',
      (d) => Object.assign(d, { extends: 'esp32', id: 'esp98', name: 'n', chip: 'c' }),
      'PROFILE_INVALID',
      /"id" is "esp98"/,
    ],
    [
      'a name owned twice',
      'rp2040.json',
      (d) => (d['aliases'] = ['esp32']),
      'PROFILE_INVALID',
      /already belongs to esp32/,
    ],
    ['a circle', 'esp32.json', (d) => (d['extends'] = 'esp32-s3'), 'PROFILE_EXTENDS', /esp32 -> esp32-s3 -> esp32/],
    ['a path for a base', 'esp32-s3.json', (d) => (d['extends'] = '../../etc/passwd'), 'PROFILE_EXTENDS', /not an id/],
    ['a base that is not there', 'esp32-s3.json', (d) => (d['extends'] = 'esp99'), 'PROFILE_EXTENDS', /not there/],
    [
      'an unknown type in a table',
      'runtimes/tflm-reference.json',
      (d) => ((d['operators'] as Record<string, unknown>)['ADD'] = { rows: [{ activations: 'flot32' }] }),
      'PROFILE_INVALID',
      /did you mean "float32"/,
    ],
  ];

  it.each(cases)('is refused: %s', (_, path, change, code, message) => {
    const error = errorOf(loadWith(path, change));
    expect(error.definition.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('the schema', () => {
  /** A value with every key there is: the compiler keeps it in step with the type, the test with the schema. */
  type Whole<T> = T extends readonly (infer E)[]
    ? readonly Whole<E>[]
    : T extends object
      ? { readonly [K in keyof T]-?: Whole<T[K]> }
      : T;
  const region = { bytes: 2, reservedBytes: 1, source: 's' };
  const whole: Whole<DeviceProfile> = {
    id: 'whole',
    name: 'n',
    aliases: ['a'],
    chip: 'c',
    notes: ['n'],
    generic: true,
    refuses: { what: 'w', next: 'n', unlessRuntime: ['compiled-c'] },
    memory: {
      flash: region,
      ram: { ...region, blocks: { staticBytes: 1, heapBytes: 2, source: 's', allocation: 'a' } },
      psram: region,
    },
    arithmetic: { int8: 'native', int16: 'emulated', fp16: 'none', fp32: 'native', simd: 'x', instructionSet: 'i' },
    abi: { pointerBytes: 4, alignment: 8, shortEnums: true, constantsInRam: true },
    runtime: {
      name: 'tflm-reference',
      from: '2025-01-01',
      before: '2026-01-01',
      needs: [{ component: 'a/b', from: '1.0', why: 'w' }],
    },
    schemes: [
      {
        scheme: 'int8',
        limits: { accuracyDropPoints: 1, agreementPercent: 90, sqnrDb: 20, arenaBytes: 2 },
        compactMatrices: true,
      },
    ],
    io: { input: 'int8', output: 'float32' },
    export: { layout: 'firmware', example: 'cpp-cpu', arrayFormat: 'string', placement: { section: '.ext', why: 'w' } },
    arenaMarginPercent: 5,
    standIn: 'm',
    serial: { baud: 9600, usb: [{ vendorId: '0000', productId: 'ffff', what: 'w' }], reset: 'none' },
  };

  it('accepts every key that the type has', () => {
    // An array and an application exclude each other.
    const { example, ...array } = whole.export;
    const application = { layout: 'file', example };
    for (const exported of [array, application]) {
      const one = { ...whole, export: exported };
      const loaded = loadProfiles(new Map([...files, ['whole.json', JSON.stringify(one)]]));
      expect(loaded.targets.get('whole')?.profile).toEqual(one);
    }
  });

  it('has no key that the type has not', () => {
    const inSchema = keyPaths(JSON.parse([...editorSchemas().values()][0]!) as SchemaNode);
    const inType = keysOf(whole);
    expect([...inSchema].filter((key) => key !== '/$schema' && key !== '/extends').sort()).toEqual([...inType].sort());
  });

  interface SchemaNode {
    readonly properties?: Readonly<Record<string, SchemaNode>>;
    readonly items?: SchemaNode;
  }

  function keyPaths({ properties = {}, items }: SchemaNode, at = ''): Set<string> {
    const own = Object.entries(properties).flatMap(([key, node]) => [
      `${at}/${key}`,
      ...keyPaths(node, `${at}/${key}`),
    ]);
    return new Set([...own, ...(items === undefined ? [] : keyPaths(items, at))]);
  }

  function keysOf(value: unknown, at = ''): Set<string> {
    if (typeof value !== 'object' || value === null) return new Set();
    if (Array.isArray(value)) return new Set(value.flatMap((item) => [...keysOf(item, at)]));
    return new Set(Object.entries(value).flatMap(([key, inner]) => [`${at}/${key}`, ...keysOf(inner, `${at}/${key}`)]));
  }
});
