// The size of the file of a graph whose constants are stand-ins, without writing out what may be many millions of them.
import type { Graph, Tensor } from '@wherry/graph';
import type { OfflinePlan } from '@wherry/memory-planner';
import type { Provenance } from '@wherry/tflite-writer';
import { tfliteBytes } from './tflite-file.js';

/** What begins at a multiple of this in the file: less by a whole number of these moves nothing that follows. */
const alignment = 16;
const longest = 256;

/** `graph`: its quantized constants are told apart by their length and their last four bytes. */
export function standInBytes(graph: Graph, offline: OfflinePlan | undefined, provenance: Provenance): number {
  const left = new Map<string, number>();
  const tensors = graph.tensors.map((tensor): Tensor => {
    const { data, dtype, quantization } = tensor;
    if (data === undefined || quantization === undefined || data.byteLength <= longest) return tensor;
    // Two values of 4 bits are one byte of the file, and would not keep apart what tells them apart here.
    if (dtype === 'int4') return tensor;
    const cut = Math.floor((data.byteLength - longest) / alignment) * alignment;
    const ending = new Uint8Array(data.buffer, data.byteOffset + data.byteLength - 4, 4);
    left.set(`${data.byteLength} ${ending.join()}`, cut);
    const short = new Int8Array(data.byteLength - cut);
    new DataView(short.buffer).setFloat64(0, data.byteLength);
    short.set(ending, short.length - 4);
    return { ...tensor, data: short };
  });
  return [...left.values()].reduce(
    (sum, cut) => sum + cut,
    tfliteBytes({ ...graph, tensors }, { offline, provenance }),
  );
}
