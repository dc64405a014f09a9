// Every key that a kernel table may have decides something, or is there for people: the schema is walked, so none is forgotten.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, type DataType, type Graph } from '@wherry/graph';
import { checkGraph, editorSchemas, faultsOf, findProfile, loadProfiles, type Target } from './index.js';
import type {
  BiasLimit,
  FaultCondition,
  KernelFault,
  KernelRow,
  OperatorLimits,
  RuntimeKernels,
  ScaleRatio,
  TensorLimits,
} from './runtime-kernels.js';

const folder = join(import.meta.dirname, '../../../device-profiles');
const texts = ['', 'runtimes/'].flatMap((sub) =>
  readdirSync(join(folder, sub))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [sub + name, readFileSync(join(folder, sub, name), 'utf8')] as const),
);
const esp32 = findProfile(loadProfiles(new Map(texts)), 'esp32');

/** A dense layer of int8 with per-axis scales, and the sum of two such; the axis of the mean is an int32. */
function graphOf(kind: 'FULLY_CONNECTED' | 'ADD' | 'MEAN', dtype: DataType = 'int8'): Graph {
  const one = { scale: [1], zeroPoint: [0], axis: 0 };
  const builder = new GraphBuilder('one');
  const x = builder.input('x', [2, 4], dtype, one);
  const made = { origin: 'layer', outputQuantization: one };
  if (kind === 'ADD') return builder.finish([builder.add('ADD', [x, x], {}, made)]);
  if (kind === 'MEAN') return builder.finish([builder.add('MEAN', [x, builder.indices('axis', [1])], {}, made)]);
  const perAxis = { scale: [1, 1, 1], zeroPoint: [0, 0, 0], axis: 0 };
  const weights = builder.constant('w', [3, 4], new Int8Array(12), 'int8', perAxis);
  const bias = builder.constant('b', [3], new Int32Array(3), 'int32', perAxis);
  return builder.finish([builder.add('FULLY_CONNECTED', [x, weights, bias], {}, made)]);
}

const row: KernelRow = {
  activations: 'int8',
  weights: 'int8',
  bias: 'int32',
  output: 'int8',
  granularity: ['per-axis'],
  since: '2025-09-01',
};

/** The codes for a graph on a target whose table says one thing otherwise. */
function codes(graph: Graph, kernels: Partial<RuntimeKernels>, target: Target = esp32): string {
  const changed = { ...target, kernels: { ...target.kernels, avoid: [], ...kernels } };
  return checkGraph(changed, graph)
    .map(({ code, what }) => `${code} ${what}`)
    .join();
}

const rows = (change: Partial<KernelRow>): string =>
  codes(graphOf('FULLY_CONNECTED'), { operators: { FULLY_CONNECTED: { rows: [{ ...row, ...change }] } } });
/** A sum of what has a scale for each of its columns. */
const several = (change: Partial<KernelRow>): string => {
  const graph = graphOf('ADD');
  const quantization = { scale: [1, 1, 1, 1], zeroPoint: [0, 0, 0, 0], axis: 1 };
  const [x, ...rest] = graph.tensors;
  return codes(
    { ...graph, tensors: [{ ...x!, quantization }, ...rest] },
    { operators: { ADD: { rows: [{ activations: 'int8', ...change }] } } },
  );
};
const limits = (change: OperatorLimits, kind: 'ADD' | 'MEAN' = 'ADD'): string =>
  codes(graphOf(kind), { operators: { [kind]: { rows: [{ activations: 'int8' }], limits: change } } });
const ratios = (change: Partial<ScaleRatio>): string =>
  codes(graphOf('FULLY_CONNECTED'), {
    operators: { FULLY_CONNECTED: { rows: [row], limits: { ratios: [{ of: [0, 1], below: 1, ...change }] } } },
  });
/** The greatest bias is 3. */
const biases = (change: Partial<BiasLimit>): string => {
  const graph = graphOf('FULLY_CONNECTED');
  const tensors = graph.tensors.map((tensor) =>
    tensor.name === 'b' ? { ...tensor, data: Int32Array.of(1, -3, 2) } : tensor,
  );
  const limit = { weights: ['int8'] as const, below: 3, ...change };
  return codes({ ...graph, tensors }, { operators: { FULLY_CONNECTED: { rows: [row], limits: { biases: [limit] } } } });
};
const tensors = (change: TensorLimits): string =>
  codes(graphOf('ADD'), { operators: { ADD: { rows: [{ activations: 'int8' }] } }, tensors: change });
const fault: KernelFault = { operator: 'ADD', when: {}, fault: 'adds wrongly', source: 's', workaround: 'none' };
const avoiding = (change: Partial<KernelFault>, simd: string | null = null): string => {
  const { profile } = esp32;
  const target = { ...esp32, profile: { ...profile, arithmetic: { ...profile.arithmetic, simd } } };
  return codes(graphOf('ADD'), { avoid: [{ ...fault, ...change }] }, target);
};
const when = (condition: FaultCondition, simd?: string): string => avoiding({ when: condition }, simd);
const release = (version: string, upstream: string): string => {
  const { profile } = esp32;
  const target = { ...esp32, profile: { ...profile, runtime: { ...profile.runtime, from: '1.3.4' } } };
  const kernels = {
    releases: [
      { version: '1.3.4', upstream: '2025-01-01' },
      { version, upstream },
    ],
    operators: { FULLY_CONNECTED: { rows: [row] } },
  };
  return codes(graphOf('FULLY_CONNECTED'), kernels, target);
};
const forPeople = 'for people: no decision hangs on it';

/** What two values of a key lead to, which must differ; or why it decides nothing. */
const rules: { readonly [pointer: string]: string | readonly [string, string] } = {
  '/name': [
    codes(graphOf('ADD'), { name: 'one', operators: {} }),
    codes(graphOf('ADD'), { name: 'other', operators: {} }),
  ],
  '/title': forPeople,
  '/source': forPeople,
  '/releases/version': [release('1.3.5', '2025-09-01'), release('1.3.9', '2025-09-01')],
  '/releases/upstream': [release('1.3.5', '2025-09-01'), release('1.3.5', '2025-02-01')],
  '/operators/*/rows/activations': [rows({}), rows({ activations: 'float32' })],
  '/operators/*/rows/weights': [rows({}), rows({ weights: 'int4' })],
  '/operators/*/rows/bias': [rows({}), rows({ bias: 'int64' })],
  '/operators/*/rows/output': [rows({}), rows({ output: 'int16' })],
  '/operators/*/rows/granularity': [rows({}), rows({ granularity: ['per-tensor'] })],
  '/operators/*/rows/scales': [several({ scales: ['per-tensor', 'per-axis'] }), several({})],
  '/operators/*/rows/options/*': [
    rows({ options: { fused_activation_function: ['NONE', 'RELU'] } }),
    rows({ options: { fused_activation_function: ['RELU'] } }),
  ],
  '/operators/*/rows/since': [rows({}), rows({ since: '2026-08-20' })],
  '/tensors/maxRank': [tensors({ maxRank: 2 }), tensors({ maxRank: 1 })],
  '/tensors/innermost': [tensors({ innermost: 2 }), tensors({ innermost: 1 })],
  '/operators/*/limits/versions/max': [limits({ versions: [{ max: 2 }] }), limits({ versions: [{ max: 1 }] })],
  '/operators/*/limits/versions/since': [
    limits({ versions: [{ max: 1 }, { max: 2, since: '2025-09-01' }] }),
    limits({ versions: [{ max: 1 }, { max: 2, since: '2025-09-02' }] }),
  ],
  '/operators/*/limits/maxElements': [limits({ maxElements: 8 }), limits({ maxElements: 7 })],
  '/operators/*/limits/maxRows': [limits({ maxRows: 2 }), limits({ maxRows: 1 })],
  '/operators/*/limits/biases/weights': [biases({}), biases({ weights: ['int4'] })],
  '/operators/*/limits/biases/below': [biases({}), biases({ below: 4 })],
  '/operators/*/limits/ratios/of': [ratios({}), ratios({ of: [0, 7] })],
  '/operators/*/limits/ratios/activations': [ratios({ activations: ['int8'] }), ratios({ activations: ['uint8'] })],
  '/operators/*/limits/ratios/weights': [ratios({ weights: ['int8'] }), ratios({ weights: ['int4'] })],
  '/operators/*/limits/ratios/below': [ratios({}), ratios({ below: 1.5 })],
  '/operators/*/limits/options/*': [
    limits({ options: { fused_activation_function: ['NONE', 'RELU'] } }),
    limits({ options: { fused_activation_function: ['RELU'] } }),
  ],
  '/operators/*/limits/equalOptions': [
    limits({ equalOptions: [] }),
    limits({ equalOptions: [['fused_activation_function', 'pot_scale_int16']] }),
  ],
  '/operators/*/limits/minRank': [limits({ minRank: 2 }), limits({ minRank: 3 })],
  '/operators/*/limits/maxRank': [limits({ maxRank: 2 }), limits({ maxRank: 1 })],
  '/operators/*/limits/maxInputs': [limits({ maxInputs: 2 }), limits({ maxInputs: 1 })],
  '/operators/*/limits/constantInputs': [limits({}), limits({ constantInputs: [1] })],
  '/operators/*/limits/operands/*': [
    limits({ operands: { 1: ['int32'] } }, 'MEAN'),
    limits({ operands: { 1: ['int64'] } }, 'MEAN'),
  ],
  '/operators/*/note': forPeople,
  '/avoid/operator': [avoiding({}), avoiding({ operator: 'SUB' })],
  '/avoid/when/activations': [when({ activations: ['int8'] }), when({ activations: ['float32'] })],
  // A unit of another name may be the same one: see known-faults.spec.ts.
  '/avoid/when/simd': [when({ simd: 'PIE' }, 'Xtensa PIE'), when({ simd: 'PIE' })],
  '/avoid/when/minRank': [when({ minRank: 2 }), when({ minRank: 3 })],
  '/avoid/when/maxRank': [when({ maxRank: 2 }), when({ maxRank: 1 })],
  '/avoid/when/smaller': [when({ smaller: [0, 1] }), when({ smaller: [1, 0] })],
  '/avoid/when/minLast': [when({ minLast: 4 }), when({ minLast: 5 })],
  '/avoid/when/lastNotMultipleOf': [when({ lastNotMultipleOf: 3 }), when({ lastNotMultipleOf: 4 })],
  '/avoid/when/minRows': [when({ minRows: 2 }), when({ minRows: 3 })],
  '/avoid/when/options/*': [
    when({ options: { fused_activation_function: ['NONE'] } }),
    when({ options: { fused_activation_function: ['RELU'] } }),
  ],
  '/avoid/when/paddingFromInput': [paddingFaultOf({ paddingFromInput: true }), paddingFaultOf({})],
  '/avoid/fault': [avoiding({}), avoiding({ fault: 'adds nothing' })],
  '/avoid/source': forPeople,
  '/avoid/workaround': [workaroundOf('rows'), workaroundOf('reshape')],
  '/optimized/*': forPeople,
  '/unsupported/*': [
    codes(graphOf('ADD'), { operators: {}, unsupported: { ADD: 'left out' } }),
    codes(graphOf('ADD'), { operators: {}, unsupported: { ADD: 'not there' } }),
  ],
};

function workaroundOf(workaround: KernelFault['workaround']): string {
  const target = { ...esp32, kernels: { ...esp32.kernels, avoid: [{ ...fault, workaround }] } };
  return faultsOf(target, graphOf('ADD'))[0]!.fault.workaround;
}

/** Of 4 pixels to 8, where both ways of padding agree. */
function paddingFaultOf(when: FaultCondition): string {
  const builder = new GraphBuilder('up');
  const weights = builder.constant('w', [1, 3, 3, 1], new Float32Array(9), 'float32');
  const operands = [builder.indices('shape', [1, 8, 8, 1]), weights, builder.input('x', [1, 4, 4, 1], 'float32')];
  const attributes = { padding: 'SAME', strideH: 2, strideW: 2 } as const;
  const graph = builder.finish([builder.add('TRANSPOSE_CONV', operands, attributes, { origin: 'up' })]);
  const avoid = [{ ...fault, operator: 'TRANSPOSE_CONV', when }];
  return faultsOf({ ...esp32, kernels: { ...esp32.kernels, avoid } }, graph)
    .map(({ fault: { workaround } }) => workaround)
    .join();
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode | readonly SchemaNode[];
}

function leaves({ properties, patternProperties, items }: SchemaNode, at = ''): readonly string[] {
  const inner = [
    ...Object.entries(properties ?? {}),
    ...Object.values(patternProperties ?? {}).map((node) => ['*', node] as const),
  ];
  if (inner.length > 0) return inner.flatMap(([key, node]) => leaves(node, `${at}/${key}`));
  const [item] = Array.isArray(items) ? [undefined] : [items as SchemaNode | undefined];
  return item?.properties === undefined ? [at] : leaves(item, at);
}

it('has a rule for every key of the schema', () => {
  const keys = leaves(JSON.parse(editorSchemas().get('runtime-kernels.schema.json')!) as SchemaNode);
  expect(Object.keys(rules).sort()).toEqual(keys.filter((key) => key !== '/$schema' && key !== '/extends').sort());
});

it.each(Object.entries(rules).filter(([, rule]) => typeof rule !== 'string'))('%s decides something', (_, rule) => {
  expect(rule[0]).not.toBe(rule[1]);
});
