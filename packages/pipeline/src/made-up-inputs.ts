// Inputs where there is no data: numbers by chance over what the types of the inputs hold, the same on every machine.
import {
  allocate,
  elementCount,
  integerRange,
  operatorOf,
  positiveAxis,
  tensorAt,
  type Graph,
  type TensorData,
  type TensorId,
} from '@wherry/graph';

/** As the graph takes them. Positions of GATHER lie within what it reads from. */
export function madeUpInputs(graph: Graph, count: number): readonly (readonly TensorData[])[] {
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
  const bounds = graph.inputs.map((id) => boundOf(graph, id));
  return Array.from({ length: count }, () =>
    graph.inputs.map((id, position) => {
      const { dtype, shape } = tensorAt(graph, id);
      const [least, end] = bounds[position]!;
      const values = allocate(dtype, elementCount(shape));
      for (let i = 0; i < values.length; i++) {
        const value = least + (end - least) * next();
        if (dtype === 'float32') values[i] = Math.fround(value);
        else if (dtype === 'int64') values[i] = BigInt(Math.floor(value));
        else values[i] = Math.floor(value);
      }
      return values;
    }),
  );
}

/** Of whole numbers that no scale says the meaning of: words and places mostly, which begin at 0. */
const usualCount = 128;

/** The least value and the end of the values, which is none of them. */
export function boundOf(graph: Graph, id: TensorId): readonly [least: number, end: number] {
  const { dtype, quantization } = tensorAt(graph, id);
  const places = leastTable(graph, id);
  if (places !== undefined) return [0, places];
  if (dtype === 'float32') return [-1, 1];
  if (dtype === 'bool') return [0, 2];
  // Bits of a half: from 0 up to 1.
  if (dtype === 'float16') return [0, 0x3c00];
  if (quantization === undefined && dtype !== 'uint8') return [0, usualCount];
  const [least, greatest] = integerRange(dtype);
  return [least, greatest + 1];
}

/** How many places there are in the least of what GATHER reads by this value, moved or cast before or not. */
function leastTable(graph: Graph, id: TensorId): number | undefined {
  const counts: number[] = [];
  for (const node of graph.nodes) {
    if (node.kind === 'GATHER' && node.inputs[1] === id) {
      const { shape } = tensorAt(graph, node.inputs[0]!);
      counts.push(shape[positiveAxis(node.attributes.axis, shape.length)]!);
    } else if (node.inputs[0] === id && (node.kind === 'CAST' || operatorOf(node.kind).traits.movesDataOnly === true)) {
      const further = node.outputs.flatMap((output) => leastTable(graph, output) ?? []);
      counts.push(...further);
    }
  }
  return counts.length === 0 ? undefined : Math.min(...counts);
}
