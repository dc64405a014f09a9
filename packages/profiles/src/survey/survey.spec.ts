// What is remarked on profiles and kernel tables that pass every check.
import type { DeviceProfile } from '../device-profile.js';
import type { RuntimeKernels } from '../runtime-kernels.js';
import type { Remark } from './remark.js';
import { surveyKernels } from './survey-kernels.js';
import { surveyProfile } from './survey-profile.js';

const weights = {
  activations: 'int8',
  weights: 'int8',
  bias: 'int32',
  granularity: ['per-tensor', 'per-axis'],
} as const;
const kernels: RuntimeKernels = {
  name: 'mine',
  title: 't',
  source: 's',
  releases: [
    { version: '1.0', upstream: '2025-01-01' },
    { version: '2.0', upstream: '2026-01-01' },
  ],
  operators: { CONV_2D: { rows: [weights] } },
  avoid: [],
  optimized: {},
  unsupported: {},
};
const profile = {
  id: 'board',
  memory: { flash: { bytes: 100, reservedBytes: 0, source: 's' }, ram: { bytes: 100, reservedBytes: 20, source: 's' } },
  schemes: [{ scheme: 'int8', limits: { arenaBytes: 79 } }],
  io: { input: 'int8', output: 'int8' },
  export: { layout: 'firmware', arrayFormat: 'hex', placement: { section: null, why: 'w' } },
  arenaMarginPercent: 5,
} as unknown as DeviceProfile;

const onProfile = (change: object): readonly string[] =>
  surveyProfile({ profile: { ...profile, ...change }, kernels }).map(({ where }) => where);
const onTable = (change: Partial<RuntimeKernels>): readonly string[] =>
  surveyKernels({ ...kernels, ...change }, [{ ...kernels, name: 'other' }])
    .filter(({ what }) => !what.startsWith('nothing is said'))
    .map(({ where }) => where);
const rows = (...more: RuntimeKernels['operators'][string]['rows']): Partial<RuntimeKernels> => ({
  operators: { CONV_2D: { rows: [weights, ...more] } },
});

it('has nothing to say where everything counts', () => {
  expect(onProfile({})).toEqual([]);
  expect(onTable({})).toEqual([]);
});

const { ram } = profile.memory;
const blocks = { staticBytes: 10, heapBytes: 81, source: 's', allocation: 'a' };
it.each<[string, object, string]>([
  ['no room', { memory: { ...profile.memory, flash: { bytes: 1, reservedBytes: 1, source: 's' } } }, '/memory/flash'],
  [
    'a block larger than what is left',
    { memory: { ...profile.memory, ram: { ...ram, blocks } } },
    '/memory/ram/blocks/heapBytes',
  ],
  ['a scheme without kernels', { schemes: [{ scheme: 'int8' }, { scheme: 'float32' }] }, '/schemes/1'],
  [
    'a limit above all there is',
    { schemes: [{ scheme: 'int8', limits: { arenaBytes: 80 } }] },
    '/schemes/0/limits/arenaBytes',
  ],
  ['a type that nothing reads', { io: { input: 'int8', output: 'float32' } }, '/io/output'],
  ['a margin of no arena', { export: { layout: 'file' }, schemes: [{ scheme: 'int8' }] }, '/arenaMarginPercent'],
  [
    'a link to no board',
    { export: { layout: 'file' }, schemes: [{ scheme: 'int8' }], arenaMarginPercent: 0, serial: {} },
    '/serial',
  ],
  ['an arena of a file', { export: { layout: 'file' }, arenaMarginPercent: 0 }, '/schemes/0/limits/arenaBytes'],
])('remarks on a profile with %s', (_, change, where) => {
  expect(onProfile(change)).toEqual([where]);
});

it('leaves a profile that refuses everything alone', () => {
  expect(onProfile({ io: { input: 'int16', output: 'int8' }, refuses: { what: 'w', next: 'n' } })).toEqual([]);
});

it.each<[string, Partial<RuntimeKernels>, string]>([
  ['releases out of order', { releases: [...kernels.releases].reverse() }, '/releases/1'],
  ['a row of no release', rows({ activations: 'int16', since: '2026-01-02' }), '/operators/CONV_2D/rows/1'],
  ['a row twice', rows(weights), '/operators/CONV_2D/rows/1'],
  ['a row within another', rows({ ...weights, granularity: ['per-axis'] }), '/operators/CONV_2D/rows/1'],
  ['a row that comes later', rows({ ...weights, since: '2025-02-01' }), '/operators/CONV_2D/rows/1'],
  [
    'fewer versions later',
    {
      operators: { CONV_2D: { rows: [weights], limits: { versions: [{ max: 3 }, { max: 2, since: '2025-02-01' }] } } },
    },
    '/operators/CONV_2D/limits/versions/1',
  ],
  ['a misspelt operator', { unsupported: { CONV_2: 'w' } }, '/unsupported/CONV_2'],
  ['an operator on both sides', { unsupported: { CONV_2D: 'w' } }, '/unsupported/CONV_2D'],
  ['a fast kernel without a row', { optimized: { CONV_2D: ['int16'] } }, '/optimized/CONV_2D'],
  [
    'a fault of what is not there',
    { avoid: [{ operator: 'ADD', when: {}, fault: 'f', source: 's', workaround: 'none' }] },
    '/avoid/0',
  ],
  [
    'a RESHAPE in the place of a sum',
    { avoid: [{ operator: 'CONV_2D', when: {}, fault: 'f', source: 's', workaround: 'reshape' }] },
    '/avoid/0/workaround',
  ],
])('remarks on a table with %s', (_, change, where) => {
  expect(onTable(change)).toEqual([where]);
});

it('takes rows that differ in what they take, or come before', () => {
  expect(onTable(rows({ ...weights, bias: 'int64' }, { ...weights, output: 'int16' }))).toEqual([]);
  const [early, late] = [
    { ...weights, granularity: ['per-axis'] as const },
    { ...weights, since: '2025-02-01' },
  ];
  expect(onTable({ operators: { CONV_2D: { rows: [early, late] } } })).toEqual([]);
});

it('takes a RESHAPE in the place of what has no rows', () => {
  const avoid = [{ operator: 'SQUEEZE', when: {}, fault: 'f', source: 's', workaround: 'reshape' }] as const;
  expect(onTable({ avoid })).toEqual([]);
});

it('says what is left open, all at once', () => {
  const [{ where, what }] = surveyKernels(kernels, []) as readonly [Remark];
  expect(where).toBe('/operators');
  expect(what).toMatch(/^nothing is said of .*ADD, .*: a model with one is refused/);
});

it.each<[string, object, string]>([
  ['an arena that nothing fits into', { arenaBytes: 0 }, 'arenaBytes'],
  ['a loss that nothing exceeds', { accuracyDropPoints: 100 }, 'accuracyDropPoints'],
  ['an agreement that everything has', { agreementPercent: 0 }, 'agreementPercent'],
])('remarks on a profile with %s', (_, limits, key) => {
  expect(onProfile({ schemes: [{ scheme: 'int8', limits }] })).toEqual([`/schemes/0/limits/${key}`]);
});

it('remarks on ends that the runtime cannot convert for one of the schemes', () => {
  const withConversion: RuntimeKernels = {
    ...kernels,
    operators: {
      CONV_2D: { rows: [weights, { ...weights, activations: 'int16' }] },
      QUANTIZE: { rows: [{ activations: 'uint8', output: 'int8' }] },
    },
  };
  const of = (io: object): readonly string[] =>
    surveyProfile({
      profile: {
        ...profile,
        io,
        runtime: { name: 'mine', from: '1.0' },
        schemes: [{ scheme: 'int8' }, { scheme: 'int16x8' }],
      } as unknown as DeviceProfile,
      kernels: withConversion,
    }).map(({ where, what }) => `${where}: ${what}`);
  expect(of({ input: 'uint8', output: 'int8' })).toEqual([
    '/io/input: it never counts where int16x8 is chosen: int16x8 computes in int16, and mine 1.0 has no QUANTIZE from uint8 to int16',
  ]);
  expect(of({ input: 'int8', output: 'int8' })).toEqual([]);
});
