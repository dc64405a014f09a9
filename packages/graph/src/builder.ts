// Builds a graph node by node; shapes and types follow from the operators.
import type { DataType, TensorData } from './data-type.js';
import type { ChannelMoments, Graph, Node, NodeOf, Quantization, Shape, Tensor, TensorId } from './ir.js';
import { inferOutputs } from './infer.js';
import type { AttributesOf, OpKind } from './ops/index.js';
import { outputRule } from './operands-of.js';
import { operatorOf } from './ops/index.js';

export interface AddOptions {
  readonly origin: string;
  /** Names of the outputs; default: the origin, numbered when it is taken. */
  readonly names?: readonly string[];
  /** Of all outputs, or one each. */
  readonly outputQuantization?: Quantization | readonly (Quantization | undefined)[];
  /** Needed only where an operator's output shape depends on a value that is not constant. */
  readonly outputShape?: Shape;
  /** Needed only where the inputs do not decide the output's type (QUANTIZE). */
  readonly outputDtype?: DataType;
}

/** Lives as long as one graph is being built; `finish` gives the value. */
export class GraphBuilder {
  readonly #name: string;
  readonly #tensors: Tensor[] = [];
  readonly #nodes: Node[] = [];
  readonly #inputs: TensorId[] = [];
  readonly #taken = new Map<string, number>();

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, shape: Shape, dtype: DataType = 'float32', quantization?: Quantization): TensorId {
    const id = this.#addTensor({ name, shape, dtype, quantization });
    this.#inputs.push(id);
    return id;
  }

  constant(name: string, shape: Shape, data: TensorData, dtype: DataType, quantization?: Quantization): TensorId {
    return this.#addTensor({ name, shape, dtype, quantization, data });
  }

  /** What the operator that takes it as a state keeps from run to run. */
  state(name: string, shape: Shape, dtype: DataType = 'float32', quantization?: Quantization): TensorId {
    return this.#addTensor({ name, shape, dtype, quantization });
  }

  /** An int32 vector, as axes, paddings and shapes are given. */
  indices(name: string, values: readonly number[], shape: Shape = [values.length]): TensorId {
    return this.constant(name, shape, Int32Array.from(values), 'int32');
  }

  /** Applies an operator and returns its first output. Attributes left out take TFLite's defaults. Throws WherryError. */
  add<K extends OpKind>(
    kind: K,
    inputs: readonly (TensorId | null)[],
    attributes: Partial<AttributesOf<K>>,
    options: AddOptions,
  ): TensorId {
    return this.addAll(kind, inputs, attributes, options)[0]!;
  }

  addAll<K extends OpKind>(
    kind: K,
    inputs: readonly (TensorId | null)[],
    attributes: Partial<AttributesOf<K>>,
    options: AddOptions,
  ): readonly TensorId[] {
    const whole = { ...operatorOf(kind).defaults, ...attributes } as AttributesOf<K>;
    const operands = inputs.map((id) => (id === null ? undefined : this.tensor(id)));
    const inferred = inferOutputs({ kind, attributes: whole, origin: options.origin }, operands);
    const outputs = inferred.map(({ shape, dtype, or = [] }, position) =>
      this.#addTensor({
        name: options.names?.[position] ?? options.origin,
        shape: shape ?? options.outputShape ?? [],
        dtype:
          options.outputDtype !== undefined && or.includes(options.outputDtype)
            ? options.outputDtype
            : (dtype ?? options.outputDtype ?? 'float32'),
        // Shapes and places have no scale, whatever the values beside them have.
        quantization:
          outputRule(kind, position).from === 'none' ? undefined : quantizationAt(options.outputQuantization, position),
      }),
    );
    const node: NodeOf<K> = { kind, attributes: whole, inputs: [...inputs], outputs, origin: options.origin };
    this.#nodes.push(node as unknown as Node);
    return outputs;
  }

  /** What is known of a tensor from training. */
  setMoments(id: TensorId, moments: ChannelMoments): void {
    this.#tensors[id] = { ...this.tensor(id), moments };
  }

  tensor(id: TensorId): Tensor {
    const tensor = this.#tensors[id];
    if (tensor === undefined) throw new RangeError(`no tensor ${id} in the graph being built`);
    return tensor;
  }

  finish(outputs: readonly TensorId[]): Graph {
    return {
      name: this.#name,
      tensors: [...this.#tensors],
      nodes: [...this.#nodes],
      inputs: [...this.#inputs],
      outputs: [...outputs],
    };
  }

  #addTensor(tensor: Tensor): TensorId {
    const seen = this.#taken.get(tensor.name) ?? 0;
    this.#taken.set(tensor.name, seen + 1);
    this.#tensors.push(seen === 0 ? tensor : { ...tensor, name: `${tensor.name}_${seen}` });
    return this.#tensors.length - 1;
  }
}

function quantizationAt(given: AddOptions['outputQuantization'], position: number): Quantization | undefined {
  return given === undefined || 'scale' in given ? given : given[position];
}
