// The memory over time as values: what is alive in the arena while each layer runs, and most of all at the peak.
import { tensorAt, type DataType, type Graph } from '@wherry/graph';
import { mustComeFromHeap } from '@wherry/profiles';
import { liveAt, type ArenaBuffer, type MemoryPlan } from '@wherry/memory-planner';
import { activationRoom, bytesInRam, estimateOf } from '../fit.js';
import type { KnownReport, KnownRun } from './report.js';

export interface LiveBuffer {
  readonly bytes: number;
  /** Null for scratch, which the kernel of the layer asks for. */
  readonly tensor: { readonly name: string; readonly shape: readonly number[]; readonly dtype: DataType } | null;
  /** The layer that writes it; null for an input of the model. */
  readonly from: string | null;
  /** The last layer that needs it; null for an output of the model. */
  readonly until: string | null;
}

export interface MemoryPeak {
  readonly layer: string;
  readonly operator: string;
  readonly liveBytes: number;
  /** The largest first. Together they are more than `liveBytes` where an output overwrites its input. */
  readonly buffers: readonly LiveBuffer[];
}

/** What the model takes of the device, and where the most of it is alive. */
export function memoryReport({ target, quantized: { graph }, memory, fit }: KnownRun): KnownReport['memory'] {
  const { profile } = target;
  const inRam = bytesInRam(profile, fit.flash.used);
  return {
    arenaBytes: fit.ram.used,
    arenaFromHeap: fit.ram.used <= fit.ram.available && mustComeFromHeap(profile.memory.ram, fit.ram.used),
    estimate: estimateOf(memory),
    carriedPlan: memory.offline !== undefined,
    compiled: memory.compiled ?? null,
    lowerBound: memory.lowerBound,
    activationRoom: activationRoom(target, fit, memory),
    peak: memoryPeak(graph, memory) ?? null,
    flash: fit.flash,
    ram: fit.ram,
    ...(inRam === 0 ? {} : { constantsInRam: inRam }),
  };
}

/** Bytes of tensors and scratch alive while each node runs, in the graph's order: where an output overwrites its input, once. */
export function liveBytes(graph: Graph, { buffers, best }: MemoryPlan): readonly number[] {
  return graph.nodes.map((_, node) => {
    const alive = new Set(liveAt(buffers, node + 1));
    const ranges = buffers.flatMap((buffer, i) =>
      alive.has(buffer) ? [[best.offsets[i]!, buffer.bytes] as const] : [],
    );
    return covered(ranges);
  });
}

/** How many bytes lie in one range or more. */
function covered(ranges: readonly (readonly [from: number, bytes: number])[]): number {
  let [sum, end] = [0, 0];
  for (const [from, bytes] of [...ranges].sort(([a], [b]) => a - b)) {
    sum += Math.max(0, from + bytes - Math.max(end, from));
    end = Math.max(end, from + bytes);
  }
  return sum;
}

/** Undefined for a graph without nodes. Of several equal ones the first. */
export function memoryPeak(graph: Graph, memory: MemoryPlan): MemoryPeak | undefined {
  const live = liveBytes(graph, memory);
  const most = live.reduce((peak, bytes) => Math.max(peak, bytes), 0);
  const position = live.indexOf(most);
  const node = graph.nodes[position];
  if (node === undefined) return undefined;
  const buffers = [...liveAt(memory.buffers, position + 1)].sort((a, b) => b.bytes - a.bytes);
  return {
    layer: node.origin,
    operator: node.kind,
    liveBytes: most,
    buffers: buffers.map((buffer) => described(graph, buffer)),
  };
}

function described(graph: Graph, { owner, bytes, firstStep, lastStep }: ArenaBuffer): LiveBuffer {
  const layerAt = (step: number): string | null => graph.nodes[step - 1]?.origin ?? null;
  const from = layerAt(firstStep);
  if (owner.kind === 'scratch') return { bytes, tensor: null, from, until: from };
  const { name, shape, dtype } = tensorAt(graph, owner.tensor);
  const until = graph.outputs.includes(owner.tensor) ? null : layerAt(lastStep);
  return { bytes, tensor: { name, shape, dtype }, from, until };
}
