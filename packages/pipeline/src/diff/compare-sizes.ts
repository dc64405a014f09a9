// Where the bytes of the two files are: weights, biases, other constants, plan, metadata, and the tables around them.
import { memoryPlanName, type TfliteModel } from '@wherry/tflite-writer';
import { constantRole } from './constant-role.js';
import type { SizeRow } from './document.js';
import { rawGraphs, rawTensorAt } from './raw-graph.js';

const kinds = [
  'weights',
  'biases',
  'other constants',
  'memory plan',
  'metadata',
  'buffers without a use',
  'tables, names, padding',
] as const;
type Kind = (typeof kinds)[number];

export interface SizedModel {
  readonly model: TfliteModel;
  readonly bytes: Uint8Array;
}

/** The first row is the file; the others add up to it. */
export function compareSizes(a: SizedModel, b: SizedModel): readonly SizeRow[] {
  const [own, other] = [sizesOf(a), sizesOf(b)];
  return [
    { kind: 'file', a: a.bytes.length, b: b.bytes.length },
    ...kinds.map((kind) => ({ kind, a: own.get(kind) ?? 0, b: other.get(kind) ?? 0 })),
  ];
}

function sizesOf({ model, bytes }: SizedModel): ReadonlyMap<Kind, number> {
  const kindOf = kindsOfBuffers(model);
  const sizes = new Map<Kind, number>();
  const add = (kind: Kind, size: number): void => void sizes.set(kind, (sizes.get(kind) ?? 0) + size);
  (model.buffers ?? []).forEach(({ data }, index) =>
    add(kindOf.get(index) ?? 'buffers without a use', data?.length ?? 0),
  );
  const named = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  add('tables, names, padding', bytes.length - named);
  return sizes;
}

/** A buffer that tensors share counts once, for the first use. */
function kindsOfBuffers(model: TfliteModel): ReadonlyMap<number, Kind> {
  const found = new Map<number, Kind>();
  const claim = (buffer: number, kind: Kind): void => void (found.has(buffer) || found.set(buffer, kind));
  for (const graph of rawGraphs(model)) {
    for (const { kind, inputs } of graph.operators)
      inputs.forEach((index, operand) => {
        const tensor = rawTensorAt(graph, index);
        if (tensor.data === undefined) return;
        const role = constantRole(kind, operand, tensor);
        claim(tensor.buffer, role === 'bias' ? 'biases' : role === 'weights' ? 'weights' : 'other constants');
      });
    for (const tensor of graph.tensors) if (tensor.data !== undefined) claim(tensor.buffer, 'other constants');
  }
  for (const { name, buffer } of model.metadata ?? [])
    claim(buffer, name === memoryPlanName ? 'memory plan' : 'metadata');
  for (const buffer of model.metadata_buffer ?? []) claim(buffer, 'metadata');
  return found;
}
