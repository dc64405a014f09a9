// What tells one filled case from another: recorded answers are looked up by it, so that none is held against other inputs.
import type { FilledCase } from './fill-case.js';
import { hashOf } from './random-values.js';

/** Eight hexadecimal digits of everything that decides the answer. */
export function fingerprintOf({ kind, name, graph, feeds }: FilledCase): string {
  const tensors = graph.tensors.map(({ dtype, shape, quantization, data }) => [
    dtype,
    shape,
    quantization,
    textOf(data),
  ]);
  const all = JSON.stringify([kind, name, graph.nodes[0]!.attributes, tensors, feeds.map(textOf)]);
  return (hashOf(all) >>> 0).toString(16).padStart(8, '0');
}

function textOf(values: FilledCase['feeds'][number] | undefined): string | null {
  return values === undefined ? null : Array.from(values as Float32Array, String).join(' ');
}
