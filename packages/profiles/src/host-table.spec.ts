// The kernel table of the host against the reference kernels and the types that they are tried in.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  allWeightedOperands,
  operatorOf,
  opKinds,
  positionsOf,
  readsActivations,
  typesOf,
  type DataType,
  type OpKind,
} from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { loadProfiles, type KernelRow } from './index.js';

const folder = join(import.meta.dirname, '../../../device-profiles');
const names = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.json'));
const files = names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')] as const);
const library = loadProfiles(new Map(files));

function nameOfRow({ activations, weights, bias, output = activations }: KernelRow): string {
  return [activations, weights, bias, output].join(' ');
}

/** Types by their roles; a bias that is left out is of the type that it would have. */
function nameOfCase({ kind, graph, type: { from } }: FilledCase): string {
  const node = graph.nodes[0]!;
  const typeOf = (role: 'weights' | 'bias'): DataType | undefined => {
    const id = node.inputs[positionsOf(node, role)[0] ?? -1] ?? null;
    return id === null ? undefined : graph.tensors[id]!.dtype;
  };
  const usual = { float32: 'float32', int8: 'int32', int16: 'int64' } as const;
  const hasBias = allWeightedOperands(kind)[0]?.bias !== undefined;
  const missing = hasBias ? usual[from as keyof typeof usual] : undefined;
  return [from, typeOf('weights'), typeOf('bias') ?? missing, graph.tensors[node.outputs[0]!]!.dtype].join(' ');
}

it('keeps the host table in step with the reference kernels', () => {
  // Of the oldest 8-bit format the host says nothing.
  const types: readonly DataType[] = ['float32', 'float16', 'int8', 'int16', 'int32', 'int64', 'bool'];
  const { operators } = library.runtimes.get('host-reference')!;
  const differences = opKinds.flatMap((kind) => {
    const { kernels, tflite } = operatorOf(kind);
    // One that reads no values (SHAPE) chooses its kernel by its output.
    if (!readsActivations(kind)) return [];
    const rows = new Set((operators[tflite.builtin]?.rows ?? []).map((row) => row.activations));
    const run = typesOf(kernels);
    return types
      .filter((dtype) => run.includes(dtype) !== rows.has(dtype))
      .map((dtype) => `${kind} ${dtype}: kernel ${run.includes(dtype)}, table ${rows.has(dtype)}`);
  });
  expect(differences).toEqual([]);
});

it('has a row of the host table for every combination of types that is tried', () => {
  const { operators } = library.runtimes.get('host-reference')!;
  const rowsOf = (kind: OpKind): string[] =>
    (operators[operatorOf(kind).tflite.builtin]?.rows ?? []).map(nameOfRow).sort();
  const triedOf = (kind: OpKind): string[] => [...new Set(casesOf(kind).map(nameOfCase))].sort();
  for (const kind of opKinds.filter(
    (one) => one === 'QUANTIZE' || one === 'DEQUANTIZE' || allWeightedOperands(one).length > 0,
  ))
    expect([kind, rowsOf(kind)]).toEqual([kind, triedOf(kind)]);
});
