// A graph as text: one line per node, for people and for dumps that are compared.
import { printable } from './diagnostics/diagnostic.js';
import { tensorAt, type Graph, type Node, type Tensor, type TensorId } from './ir.js';

/** Inputs, nodes in running order, outputs. Deterministic; names are stripped of what could move a cursor. */
export function printGraph(graph: Graph): string {
  return [
    `graph ${printable(graph.name)}`,
    ...graph.inputs.map((id) => `  input  ${describe(graph, id)}`),
    ...graph.nodes.map((node, position) => `  ${String(position).padStart(4)}  ${printNode(graph, node)}`),
    ...graph.outputs.map((id) => `  output ${describe(graph, id)}`),
  ].join('\n');
}

function printNode(graph: Graph, node: Node): string {
  const inputs = node.inputs.map((id) => (id === null ? 'none' : describe(graph, id)));
  const outputs = node.outputs.map((id) => describe(graph, id));
  const attributes = Object.entries(node.attributes).map(([name, value]) => `${name}=${String(value)}`);
  const options = attributes.length === 0 ? '' : ` {${attributes.join(' ')}}`;
  return `${node.kind} "${printable(node.origin)}"${options} (${inputs.join(', ')}) -> ${outputs.join(', ')}`;
}

function describe(graph: Graph, id: TensorId): string {
  const tensor = tensorAt(graph, id);
  return `%${id}:${tensor.dtype}[${tensor.shape.join('x')}]${scaleText(tensor)}${constantText(tensor)}`;
}

function scaleText({ quantization }: Tensor): string {
  if (quantization === undefined) return '';
  const { scale, zeroPoint, axis } = quantization;
  return scale.length === 1
    ? ` *${number(scale[0]!)}${zeroPoint[0] === 0 ? '' : ` zero ${zeroPoint[0]}`}`
    : ` *${scale.length} scales on axis ${axis}`;
}

function constantText({ data }: Tensor): string {
  if (data === undefined) return '';
  if (data.length <= 8)
    return ` = ${Array.from<number | bigint, string>(data as Iterable<number | bigint>, (value) => number(Number(value))).join(' ')}`;
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of data) {
    least = Math.min(least, Number(value));
    greatest = Math.max(greatest, Number(value));
  }
  return ` = ${number(least)} .. ${number(greatest)}`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}
