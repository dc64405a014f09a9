// What every node of a graph takes from the arena on a target.
import { tensorAt, type AppliedContext, type Graph, type OpKind } from '@wherry/graph';
import { compareVersions } from '@wherry/profiles';
import { isPlannedTarget, type MemoryTarget, type PlannedRuntime } from '../memory-target.js';
import { cmsisNnKernels } from './cmsis-nn.js';
import { espNnKernels } from './esp-nn.js';
import type { KernelMemory, PrepareMemory, StructLayout } from './kernel-memory.js';
import { referenceKernels } from './reference.js';

export interface NodeMemory {
  readonly options: StructLayout | null;
  readonly state: StructLayout | null;
  readonly prepare: PrepareMemory;
}

type KernelTable = typeof referenceKernels;

interface Variant {
  /** Recognizes the vector unit in the words of a device profile; null: there is none. */
  readonly simd: RegExp | null;
  readonly table: KernelTable;
  /** Only in ESP-NN before this version. */
  readonly espNnBefore?: string;
}

/** A runtime's kernels by the vector unit that they are built for. */
const variants: { readonly [R in PlannedRuntime]: readonly Variant[] } = {
  'tflm-reference': [{ simd: null, table: referenceKernels }],
  'tflm-cmsis-nn': [
    { simd: null, table: cmsisNnKernels('plain') },
    { simd: /\b(mve|helium)\b/i, table: cmsisNnKernels('mve') },
    { simd: /\bdsp\b/i, table: cmsisNnKernels('dsp') },
  ],
  'tflm-esp-nn': [
    { simd: null, table: espNnKernels('generic') },
    { simd: /\bpie\b/i, table: espNnKernels('s3') },
    { simd: /\bpie\b/i, table: espNnKernels('s3-1.1'), espNnBefore: '1.2.1' },
  ],
};

const nothing: NodeMemory = { options: null, state: null, prepare: { opened: [] } };

export function nodeMemory(graph: Graph, target: MemoryTarget): readonly NodeMemory[] {
  if (!isPlannedTarget(target)) return graph.nodes.map(() => nothing);
  const tables = tablesFor(target);
  return graph.nodes.map((node) => {
    const call: AppliedContext<object> = {
      attributes: node.attributes,
      inputs: node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id))),
      outputs: node.outputs.map((id) => tensorAt(graph, id)),
    };
    return tables.map((table) => memoryOf(table, node.kind, call)).reduce(larger);
  });
}

/** Every variant that the firmware may come to have. */
function tablesFor({
  runtime,
  simd,
  espNnFrom,
}: MemoryTarget & { readonly runtime: PlannedRuntime }): readonly KernelTable[] {
  const known = variants[runtime].filter(
    ({ espNnBefore }) =>
      espNnBefore === undefined || espNnFrom === undefined || compareVersions(espNnFrom, espNnBefore) < 0,
  );
  const chosen =
    simd === undefined
      ? []
      : known.filter((variant) => (simd === null ? variant.simd === null : variant.simd?.test(simd)));
  return (chosen.length === 0 ? known : chosen).map(({ table }) => table);
}

function memoryOf(table: KernelTable, kind: OpKind, call: AppliedContext<object>): NodeMemory {
  const kernel = table[kind] as KernelMemory<object>;
  return { options: kernel.options, state: kernel.state, prepare: kernel.prepare(call) };
}

/** Of two variants of one kernel the hungrier, by what lasts and what is scratch. */
function larger(a: NodeMemory, b: NodeMemory): NodeMemory {
  return taken(b) > taken(a) ? b : a;
}

function taken({ prepare: { persistent = [], scratch = [] } }: NodeMemory): number {
  return [...persistent, ...scratch].reduce<number>(
    (sum, kept) => sum + (typeof kept === 'number' ? kept : kept.bytes.ilp32),
    0,
  );
}
