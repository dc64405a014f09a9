// Which numbers a quantized model computes in, found by looking at its tensors.
import { firstActivation, operatorOf, tensorAt, weightedOperands, type Graph, type Node } from '@wherry/graph';
import type { SchemeName } from '@wherry/profiles';

/** Of one layer, in the words of the schemes where there is one. */
type Numbers = SchemeName | 'uint8' | 'other';

/** The one that names the whole comes first: what asks most of the runtime. */
const words: { readonly [N in Numbers]: string } = {
  'dynamic-range': 'dynamic range',
  uint8: 'uint8',
  int16x8: 'int16x8',
  int4: 'int8 with int4 weights',
  int8: 'int8',
  float16: 'float16',
  float32: 'float32',
  other: 'other integers',
};
const order = Object.keys(words) as readonly Numbers[];

/** As `int8 with float32 input and output`. */
export function numbersOf(graph: Graph): string {
  const found = foundIn(graph);
  const ends = (['input', 'output'] as const).flatMap((end) => {
    const types = [...new Set(graph[`${end}s`].map((id) => tensorAt(graph, id).dtype))];
    return types.length === 1 && typeOf(found[0]) === types[0] ? [] : [`${types.join(' and ')} ${end}`];
  });
  const whole = listed(wholeOf(graph, found));
  const others = [...ends, ...storedIn(graph)];
  return others.length === 0 ? whole : `${whole}${whole.includes(' with ') ? ',' : ''} with ${others.join(' and ')}`;
}

/** Beside 4-bit weights what has none is int8 of itself. */
function wholeOf(graph: Graph, found: readonly Numbers[]): string[] {
  if (!found.includes('int4')) return found.map((numbers) => words[numbers]);
  const hasInt8Weights = graph.nodes.some(
    (node) => weightedOperands(node.kind) !== undefined && numbersAt(graph, node) === 'int8',
  );
  const rest = found.filter((numbers) => numbers !== 'int8' && numbers !== 'int4').map((numbers) => words[numbers]);
  return [hasInt8Weights ? 'int8 with int4 and int8 weights' : words.int4, ...rest];
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}

/** Constants that are made real where the model runs. */
function storedIn(graph: Graph): string[] {
  const types = graph.nodes.flatMap(({ kind, inputs: [first] }) => {
    const tensor = first === undefined || first === null ? undefined : tensorAt(graph, first);
    const isStored = operatorOf(kind).traits.convertsNumbers === true && tensor?.data !== undefined;
    return isStored ? [tensor.dtype] : [];
  });
  return [...new Set(types)].map((dtype) => `constants stored as ${dtype}`);
}

/** The scheme that gives such numbers; undefined where none does. */
export function schemeOf(graph: Graph): SchemeName | undefined {
  const [first] = foundIn(graph);
  return first === undefined || first === 'uint8' || first === 'other' ? undefined : first;
}

function foundIn(graph: Graph): readonly Numbers[] {
  const found = new Set(graph.nodes.flatMap((node) => numbersAt(graph, node) ?? []));
  return order.filter((numbers) => found.has(numbers));
}

/** Undefined for what only converts between numbers, and for shapes and indices. */
function numbersAt(graph: Graph, node: Node): Numbers | undefined {
  const position = firstActivation(node.kind);
  const id = position === undefined ? null : (node.inputs[position] ?? null);
  if (id === null || operatorOf(node.kind).traits.convertsNumbers === true) return undefined;
  const { dtype, quantization } = tensorAt(graph, id);
  const weighted = weightedOperands(node.kind);
  const filter = weighted === undefined ? null : (node.inputs[weighted.weights] ?? null);
  const weights = filter === null ? undefined : tensorAt(graph, filter).dtype;
  if (dtype === 'float32') return weights === undefined || weights === 'float32' ? 'float32' : 'dynamic-range';
  if (quantization === undefined) return undefined;
  if (dtype === 'int8') return weights === 'int4' ? 'int4' : 'int8';
  return dtype === 'int16' ? 'int16x8' : dtype === 'uint8' ? 'uint8' : 'other';
}

function typeOf(numbers: Numbers | undefined): string | undefined {
  if (numbers === 'int16x8') return 'int16';
  if (numbers === 'int4') return 'int8';
  return numbers === 'dynamic-range' ? 'float32' : numbers;
}
