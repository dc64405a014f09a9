// Operators by what leads to them and what they lead to, as numbers that are equal only where that is.
import { rawTensorAt, type RawGraph, type RawOperator } from './raw-graph.js';
import { plainText, plainValue } from './plain-value.js';

/** How much of an operator is in its key. `through`: as `shapes`, and changes of the number format do not count. */
export type KeyDetail = 'all' | 'shapes' | 'through';

export interface StructureKeys {
  /** By the operator and all before it. */
  readonly up: readonly number[];
  /** By the operator and all behind it. */
  readonly down: readonly number[];
}

/** Numbers texts; shared by the two graphs of a comparison, it makes equal numbers mean equal texts. */
export class KeyNumbers {
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** Operators that give the same numbers in another format. */
const conversions: ReadonlySet<string> = new Set(['QUANTIZE', 'DEQUANTIZE', 'CAST']);

/** In a row; a damaged file could have a circle of them. */
export const mostConversions = 4;

export function isConversion({ kind }: RawOperator): boolean {
  return conversions.has(kind);
}

/** `inputNames`: of each graph input what the two graphs call it in common. */
export function structureKeys(
  graph: RawGraph,
  detail: KeyDetail,
  numbers: KeyNumbers,
  inputNames: ReadonlyMap<number, string>,
): StructureKeys {
  const owns = graph.operators.map((operator) => ownText(graph, operator, detail));
  return { up: upKeys(graph, detail, numbers, inputNames, owns), down: downKeys(graph, detail, numbers, owns) };
}

function upKeys(
  graph: RawGraph,
  detail: KeyDetail,
  numbers: KeyNumbers,
  inputNames: ReadonlyMap<number, string>,
  owns: readonly string[],
): readonly number[] {
  const keys: number[] = [];
  const through = new Map<number, string>();
  const textOf = (index: number): string => {
    if (index < 0) return '-';
    const { data, type, shape } = rawTensorAt(graph, index);
    if (data !== undefined)
      return detail === 'all' ? `${type}[${shape.join()}]${plainText(plainValue(data))}` : 'constant';
    const writer = graph.writers.get(index);
    if (writer === undefined) return inputNames.get(index) ?? 'open';
    return through.get(index) ?? `${keys[writer.operator.index] ?? 'later'}.${writer.slot}`;
  };
  for (const operator of graph.operators) {
    const inputs = operator.inputs.map(textOf);
    keys.push(numbers.of(`up ${owns[operator.index]}(${inputs.join(', ')})`));
    if (detail === 'through' && isConversion(operator)) through.set(operator.outputs[0] ?? -1, inputs[0] ?? '-');
  }
  return keys;
}

function downKeys(graph: RawGraph, detail: KeyDetail, numbers: KeyNumbers, owns: readonly string[]): readonly number[] {
  const keys: number[] = [];
  const readersOf = (index: number, depth = 0): string[] => [
    ...graph.outputs.flatMap((output, position) => (output === index ? [`output ${position}`] : [])),
    ...(graph.readers.get(index) ?? []).flatMap(({ operator, slot }) =>
      detail === 'through' && isConversion(operator) && depth < mostConversions
        ? readersOf(operator.outputs[0] ?? -1, depth + 1)
        : [`${keys[operator.index] ?? 'earlier'}.${slot}`],
    ),
  ];
  for (const operator of [...graph.operators].reverse()) {
    const outputs = operator.outputs.map((index) => readersOf(index).sort().join('+'));
    keys[operator.index] = numbers.of(`down ${owns[operator.index]}(${outputs.join(', ')})`);
  }
  return keys;
}

function ownText(graph: RawGraph, { kind, outputs, table }: RawOperator, detail: KeyDetail): string {
  const shapes = outputs.map((index) => `[${rawTensorAt(graph, index).shape.join()}]`).join('');
  if (detail !== 'all') return `${kind} ${shapes}`;
  const types = outputs.map((index) => rawTensorAt(graph, index).type).join();
  const options = [table.builtin_options, table.builtin_options_2, table.custom_options].map((each) =>
    plainText(plainValue(each)),
  );
  return `${kind} ${shapes} ${types} ${options.join(' ')}`;
}
