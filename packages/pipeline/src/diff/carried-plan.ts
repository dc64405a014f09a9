// The memory plan that a file carries: how many bytes it spans, and which tensor of the imported graph stands where.
import { byteLength, type DataType, type Graph, type TensorId } from '@wherry/graph';
import { memoryPlanName, readMetadata, type TfliteModel } from '@wherry/tflite-writer';
import { sha256 } from '../inputs/read-model-file.js';
import type { CarriedPlan } from './document.js';
import { rawGraphs, type RawGraph } from './raw-graph.js';

/** Version, subgraph, number of tensors; then an offset for each. */
const headerBytes = 12;

/** Null for a file without one, and where it has none of the form that the runtime knows. */
export function carriedPlan(model: TfliteModel): CarriedPlan | null {
  const [offsets, data] = [carriedOffsets(model), readMetadata(model, memoryPlanName)];
  if (offsets === undefined || data === undefined) return null;
  const tensors = rawGraphs(model).flatMap((graph) => graph.tensors);
  const ends = offsets.map((offset, i) => {
    const { shape = [], type = 'INT8' } = tensors[i] ?? {};
    const elements = shape.reduce((product, size) => product * Math.abs(size), 1);
    return offset < 0 ? 0 : offset + Math.ceil(sizeOf(type, elements) / 16) * 16;
  });
  return { bytes: Math.max(0, ...ends), tensors: offsets.filter((offset) => offset >= 0).length, sha256: sha256(data) };
}

/** Undefined where there is no plan, or the graph's tensors cannot be told among those of the file. */
export function offsetsInGraph(model: TfliteModel, graph: Graph): ReadonlyMap<TensorId, number> | undefined {
  const offsets = carriedOffsets(model);
  const [raw, ...others] = rawGraphs(model);
  if (offsets === undefined || raw === undefined || others.length > 0) return undefined;
  const order = firstUses(raw);
  const isOne =
    order.length === graph.tensors.length &&
    order.every((index, id) => {
      const [file, own] = [raw.tensors[index], graph.tensors[id]!];
      return file?.type.toLowerCase() === own.dtype && String(file.shape) === String(own.shape);
    });
  if (!isOne) return undefined;
  return new Map(order.flatMap((index, id) => (offsets[index]! < 0 ? [] : [[id, offsets[index]!] as const])));
}

function carriedOffsets(model: TfliteModel): readonly number[] | undefined {
  const data = readMetadata(model, memoryPlanName);
  if (data === undefined || data.length < headerBytes) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = view.getInt32(8, true);
  if (count < 0 || data.length !== headerBytes + 4 * count) return undefined;
  return Array.from({ length: count }, (_, i) => view.getInt32(headerBytes + 4 * i, true));
}

/** Importing numbers tensors in this order. */
function firstUses({ inputs, operators, outputs }: RawGraph): readonly number[] {
  const used = [...inputs, ...operators.flatMap((each) => [...each.inputs, ...each.outputs]), ...outputs];
  return [...new Set(used)].filter((index) => index >= 0);
}

function sizeOf(type: string, elements: number): number {
  const bytes = ['FLOAT32', 'INT32', 'UINT32', 'FLOAT64', 'INT64', 'UINT64', 'INT16', 'UINT16', 'FLOAT16'];
  return bytes.includes(type) ? byteLength(type.toLowerCase() as DataType, elements) : elements;
}
