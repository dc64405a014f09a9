// Counts how often integers between layers stand at an end of their range, where what lies beyond is cut off.
import {
  activationBounds,
  dataTypes,
  outputRule,
  tensorAt,
  type FusedActivation,
  type Graph,
  type Node,
  type Observer,
  type TensorData,
  type TensorId,
} from '@wherry/graph';

export interface SaturatedTensor {
  readonly id: TensorId;
  /** Share of the values that stand at an end at which the float model has none of its own. */
  readonly share: number;
}

interface Ends {
  /** Undefined where the operator itself cuts off there, as RELU6 does at 6, and at 0: zeros may be the float model's. */
  readonly least: number | undefined;
  readonly greatest: number | undefined;
}

/** Lives as long as one pass over samples. */
export class SaturationWatch implements Observer {
  readonly #ends: ReadonlyMap<TensorId, Ends>;
  readonly #values = new Map<TensorId, number>();
  readonly #saturated = new Map<TensorId, number>();

  constructor(graph: Graph) {
    this.#ends = endsOf(graph);
  }

  /** False for a graph in which no scale was chosen by samples. */
  get hasTensors(): boolean {
    return this.#ends.size > 0;
  }

  wants(id: TensorId): boolean {
    return this.#ends.has(id);
  }

  see(id: TensorId, data: TensorData): void {
    const { least = NaN, greatest = NaN } = this.#ends.get(id)!;
    let count = 0;
    for (let i = 0; i < data.length; i++) if (data[i] === least || data[i] === greatest) count += 1;
    this.#values.set(id, (this.#values.get(id) ?? 0) + data.length);
    this.#saturated.set(id, (this.#saturated.get(id) ?? 0) + count);
  }

  get tensors(): readonly SaturatedTensor[] {
    return [...this.#values].map(([id, values]) => ({ id, share: this.#saturated.get(id)! / values }));
  }
}

/** Of the tensors whose scale was chosen by samples. */
function endsOf(graph: Graph): ReadonlyMap<TensorId, Ends> {
  return new Map(
    graph.nodes.flatMap((node) =>
      node.outputs.flatMap((id, output) => {
        const ends = outputRule(node.kind, output).from === 'calibration' ? endsAt(graph, node, id) : undefined;
        return ends === undefined || (ends.least ?? ends.greatest) === undefined ? [] : [[id, ends] as const];
      }),
    ),
  );
}

function endsAt(graph: Graph, { attributes }: Node, id: TensorId): Ends | undefined {
  const { dtype, quantization } = tensorAt(graph, id);
  const range = dataTypes[dtype].range;
  if (range === undefined || quantization?.scale.length !== 1) return undefined;
  const [scale, zeroPoint] = [quantization.scale[0]!, quantization.zeroPoint[0]!];
  const { activation = 'NONE' } = attributes as { readonly activation?: FusedActivation };
  const bounds = [...activationBounds(activation), 0];
  const [least, greatest] = range.map((integer) => {
    const real = scale * (integer - zeroPoint);
    return bounds.some((bound) => Math.abs(real - bound) <= scale) ? undefined : integer;
  });
  return { least, greatest };
}
