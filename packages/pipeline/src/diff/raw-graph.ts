// A subgraph of a .tflite file as its tables have it: nothing is understood, so that nothing need be known to compare it.
import type { Operator, TfliteModel, TfliteTensor } from '@wherry/tflite-writer';

export interface RawTensor {
  readonly index: number;
  readonly name: string;
  readonly shape: readonly number[];
  /** As the schema names it; `missing` where the file refers to a tensor that it does not have. */
  readonly type: string;
  readonly scale: readonly number[];
  readonly zeroPoint: readonly number[];
  readonly axis: number;
  readonly buffer: number;
  /** Of a constant. */
  readonly data: Uint8Array | undefined;
  readonly table: TfliteTensor | undefined;
}

export interface RawOperator {
  readonly index: number;
  /** `CONV_2D`, or `CUSTOM name`. */
  readonly kind: string;
  readonly version: number;
  /** After what it writes, up to the first semicolon: converters join the names of all that was fused. */
  readonly layer: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly table: Operator;
}

export interface RawGraph {
  readonly name: string;
  readonly tensors: readonly RawTensor[];
  readonly operators: readonly RawOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The operator that writes a tensor, and as which of its outputs. */
  readonly writers: ReadonlyMap<number, { readonly operator: RawOperator; readonly slot: number }>;
  readonly readers: ReadonlyMap<number, readonly { readonly operator: RawOperator; readonly slot: number }[]>;
}

/** All subgraphs in the order of the file. `layers`: what the operators of the first are called, where that is known better. */
export function rawGraphs(model: TfliteModel, layers: readonly string[] = []): readonly RawGraph[] {
  return (model.subgraphs ?? []).map((subgraph, position) => {
    const tensors = (subgraph.tensors ?? []).map((table, index) => rawTensor(model, table, index));
    const operators = (subgraph.operators ?? []).map((table, index) =>
      rawOperator(model, table, tensors, { index, layer: position === 0 ? layers[index] : undefined }),
    );
    return {
      name: subgraph.name ?? '',
      tensors,
      operators,
      inputs: subgraph.inputs ?? [],
      outputs: subgraph.outputs ?? [],
      ...linksOf(operators),
    };
  });
}

/** Never undefined: a file may refer to what it does not have. */
export function rawTensorAt({ tensors }: RawGraph, index: number): RawTensor {
  return (
    tensors[index] ?? {
      index,
      name: `tensor ${index}`,
      shape: [],
      type: 'missing',
      scale: [],
      zeroPoint: [],
      axis: 0,
      buffer: 0,
      data: undefined,
      table: undefined,
    }
  );
}

function rawTensor(model: TfliteModel, table: TfliteTensor, index: number): RawTensor {
  const { quantization } = table;
  const data = model.buffers?.[table.buffer]?.data;
  return {
    index,
    name: table.name ?? '',
    shape: table.shape ?? [],
    type: table.type,
    scale: quantization?.scale ?? [],
    zeroPoint: (quantization?.zero_point ?? []).map(Number),
    axis: quantization?.quantized_dimension ?? 0,
    buffer: table.buffer,
    data: data !== undefined && data.length > 0 ? data : undefined,
    table,
  };
}

function rawOperator(
  model: TfliteModel,
  table: Operator,
  tensors: readonly RawTensor[],
  { index, layer }: { readonly index: number; readonly layer: string | undefined },
): RawOperator {
  const code = model.operator_codes?.[table.opcode_index];
  const builtin = code?.builtin_code ?? 'missing';
  const written = tensors[table.outputs?.[0] ?? -1]?.name ?? '';
  return {
    index,
    kind: builtin === 'CUSTOM' ? `CUSTOM ${code?.custom_code ?? ''}` : builtin,
    version: code?.version ?? 1,
    layer: layer ?? written.split(';', 1)[0]!,
    inputs: table.inputs ?? [],
    outputs: table.outputs ?? [],
    table,
  };
}

function linksOf(operators: readonly RawOperator[]): Pick<RawGraph, 'writers' | 'readers'> {
  const writers = new Map<number, { readonly operator: RawOperator; readonly slot: number }>();
  const readers = new Map<number, { readonly operator: RawOperator; readonly slot: number }[]>();
  for (const operator of operators) {
    operator.outputs.forEach((index, slot) => writers.set(index, { operator, slot }));
    operator.inputs.forEach((index, slot) => {
      const known = readers.get(index);
      if (known === undefined) readers.set(index, [{ operator, slot }]);
      else known.push({ operator, slot });
    });
  }
  return { writers, readers };
}
