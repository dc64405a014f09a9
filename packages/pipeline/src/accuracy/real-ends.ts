// A quantized model that takes and gives real values: what data and judges of float models speak of.
import { operators, tensorAt, verify, type Graph, type Node, type Tensor, type TensorId } from '@wherry/graph';

/** The graph behind a QUANTIZE at each input that has a scale, and before a DEQUANTIZE at each such output. */
export function withRealEnds(graph: Graph): Graph {
  const tensors: Tensor[] = [...graph.tensors];
  const real = (id: TensorId): TensorId => {
    const { name, shape } = tensorAt(graph, id);
    tensors[id] = { ...tensors[id]!, name: freeName(tensors, `${name}/integers`) };
    return tensors.push({ name, shape, dtype: 'float32' }) - 1;
  };
  const isInteger = (id: TensorId): boolean => tensorAt(graph, id).quantization !== undefined;
  const origin = (id: TensorId): string => tensorAt(graph, id).name;
  const before: Node[] = [];
  const after: Node[] = [];
  const handed = new Map<TensorId, TensorId>();
  const inputs = graph.inputs.map((id) => {
    if (!isInteger(id)) return id;
    const fed = real(id);
    before.push(conversion('QUANTIZE', fed, id, origin(id)));
    return fed;
  });
  const outputs = graph.outputs.map((id) => {
    if (!isInteger(id)) return id;
    const known = handed.get(id);
    if (known !== undefined) return known;
    const given = real(id);
    handed.set(id, given);
    after.push(conversion('DEQUANTIZE', id, given, origin(id)));
    return given;
  });
  return verify({ ...graph, tensors, nodes: [...before, ...graph.nodes, ...after], inputs, outputs }, 'real ends');
}

function conversion<K extends 'QUANTIZE' | 'DEQUANTIZE'>(kind: K, from: TensorId, to: TensorId, origin: string): Node {
  return { kind, attributes: operators[kind].defaults, inputs: [from], outputs: [to], origin };
}

function freeName(tensors: readonly Tensor[], name: string): string {
  const taken = new Set(tensors.map((tensor) => tensor.name));
  let free = name;
  for (let again = 1; taken.has(free); again++) free = `${name}_${again}`;
  return free;
}
