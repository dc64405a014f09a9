// Runs a quantized graph in real values, step by step, with some of what quantization does to it switched on.
import {
  integerRange,
  roleOf,
  tensorAt,
  type Engine,
  type Executor,
  type Graph,
  type Node,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import { affine, quantizationOf } from '@wherry/quantizer';
import type { Interval } from '../statistics/interval.js';
import type { ConstantPart } from './causes.js';
import type { ConstantParts } from './constant-parts.js';
import type { EdgeFormat, RealForm, RealStep } from './real-form.js';

/** `measured`: with the range that the samples take, in place of the one that was chosen. */
export type ActivationMode = 'real' | 'measured' | 'planned';

/** What is switched on at a step. */
export interface Switches {
  readonly constants: ReadonlySet<ConstantPart>;
  readonly activations: ActivationMode;
}

export type SwitchesOf = (step: RealStep) => Switches;

/** By tensor id; what is not known yet is missing. */
export type Values = (TensorData | undefined)[];

const { floor, fround } = Math;

/** Lives as long as one attribution. */
export class StepRunner {
  readonly #executors = new Map<string, Promise<Executor>>();
  readonly #measured = new Map<TensorId, Interval>();

  constructor(
    private readonly form: RealForm,
    private readonly engine: Engine,
  ) {}

  /** With nothing switched on; widens the measured ranges by what the sample takes. */
  async exact(feeds: readonly TensorData[]): Promise<Values> {
    const values = await this.run(feeds, () => nothing);
    for (const { formats } of this.form.steps)
      for (const [id, { group }] of formats) {
        let { low, high } = this.#measured.get(group) ?? { low: 0, high: 0 };
        for (const value of values[id] as Float32Array) {
          if (value < low) low = value;
          if (value > high) high = value;
        }
        this.#measured.set(group, { low, high });
      }
    return values;
  }

  /** `known`: values of the steps before `from`, which are not computed again. */
  async run(
    feeds: readonly TensorData[],
    switchesOf: SwitchesOf,
    known?: { readonly from: number; readonly values: Values },
  ): Promise<Values> {
    const { graph, steps } = this.form;
    const values: Values = known === undefined ? graph.tensors.map(() => undefined) : [...known.values];
    for (let position = known?.from ?? 0; position < steps.length; position++) {
      const step = steps[position]!;
      const switches = switchesOf(step);
      const outputs = await this.#compute(step, switches, values, feeds[position]);
      step.outputs.forEach((id, slot) => {
        const format = step.formats.get(id);
        // Of a constant that is converted nobody reads this.
        if (outputs[slot] === undefined) return;
        values[id] = format === undefined ? outputs[slot] : this.#faked(format, outputs[slot], switches.activations);
      });
    }
    return values;
  }

  /** What the samples took, and what the format covers, of an edge. */
  rangesOf({ group, dtype, quantization: { scale, zeroPoint } }: EdgeFormat): Record<'taken' | 'covered', Interval> {
    const [least, greatest] = integerRange(dtype);
    const real = (integer: number): number => (integer - zeroPoint[0]!) * scale[0]!;
    return {
      taken: this.#measured.get(group) ?? { low: 0, high: 0 },
      covered: { low: real(least), high: real(greatest) },
    };
  }

  async dispose(): Promise<void> {
    for (const executor of this.#executors.values()) (await executor).dispose();
    this.#executors.clear();
  }

  async #compute(
    step: RealStep,
    { constants }: Switches,
    values: Values,
    feed: TensorData | undefined,
  ): Promise<readonly (TensorData | undefined)[]> {
    const { node } = step;
    if (node === undefined) return [feed!];
    if (step.passes) {
      return [values[node.inputs[0]!]];
    }
    const executor = await this.#executorOf(step, node, constants);
    const results = await executor.run(flowing(this.form.graph, step, node).map((id) => values[id]!));
    // Copied, as an executor may write its next results into the same arrays.
    return results.map((data) => data.slice());
  }

  #executorOf(step: RealStep, node: Node, switched: ReadonlySet<ConstantPart>): Promise<Executor> {
    const causes = [...switched].filter((cause) => step.constants.some(({ parts }) => parts.has(cause)));
    const key = `${this.form.steps.indexOf(step)} ${causes.sort().join()}`;
    const known = this.#executors.get(key) ?? this.engine.prepare(this.#graphOf(step, node, switched));
    this.#executors.set(key, known);
    return known;
  }

  #graphOf(step: RealStep, node: Node, switched: ReadonlySet<ConstantPart>): Graph {
    const { graph } = this.form;
    const { constants } = step;
    const own = new Map(constants.map((each) => [node.inputs[each.input]!, each]));
    const ids = [...new Set([...node.inputs, ...node.outputs].filter((id) => id !== null))];
    const at = new Map(ids.map((id, position) => [id, position]));
    const tensors = ids.map((id) => {
      const tensor = tensorAt(graph, id);
      const parts = own.get(id);
      if (parts !== undefined) return { ...tensor, dtype: 'float32' as const, data: constantWith(parts, switched) };
      return tensor;
    });
    const renumbered = (id: TensorId): TensorId => at.get(id)!;
    const inputs = node.inputs.map((id) => (id === null ? null : renumbered(id)));
    const outputs = node.outputs.map(renumbered);
    return {
      name: graph.name,
      tensors,
      nodes: [{ ...node, inputs, outputs }],
      inputs: flowing(graph, step, node).map(renumbered),
      outputs,
    };
  }

  #faked(format: EdgeFormat, data: TensorData, mode: ActivationMode): TensorData {
    if (mode === 'real') return data;
    const { dtype, quantization } = format;
    const chosen = mode === 'planned' || format.fixed ? quantization : this.#tight(format);
    const [least, greatest] = integerRange(dtype);
    const [scale, zero] = [chosen.scale[0]!, chosen.zeroPoint[0]!];
    const given = new Float32Array(data.length);
    for (let i = 0; i < given.length; i++) {
      const steps = fround((data[i] as number) / scale);
      // Half away from zero, as QUANTIZE.
      const integer = (steps < 0 ? -floor(0.5 - steps) : floor(steps + 0.5)) + zero;
      given[i] = ((integer < least ? least : integer > greatest ? greatest : integer) - zero) * scale;
    }
    return given;
  }

  #tight({ group, dtype, quantization }: EdgeFormat): EdgeFormat['quantization'] {
    if (dtype !== 'int8' && dtype !== 'uint8' && dtype !== 'int16') return quantization;
    const symmetric = dtype === 'int16';
    const { low: min, high: max } = this.#measured.get(group)!;
    return quantizationOf({ min, max }, affine(dtype, symmetric ? { symmetric } : {}));
  }
}

/** What a node reads that is no constant and none of its own states. */
function flowing(graph: Graph, { constants }: RealStep, node: Node): TensorId[] {
  const read = node.inputs.flatMap((id, input) => {
    const isConstant = constants.some((each) => each.input === input) || tensorAt(graph, id ?? 0).data !== undefined;
    return id === null || isConstant || roleOf(node.kind, input).role === 'state' ? [] : [id];
  });
  return [...new Set(read)];
}

export const nothing: Switches = { constants: new Set(), activations: 'real' };

function constantWith({ exact, parts }: ConstantParts, switched: ReadonlySet<ConstantPart>): Float32Array {
  const added = [...parts].filter(([cause]) => switched.has(cause));
  if (added.length === 0) return exact;
  const sum = exact.slice();
  for (const [, values] of added) for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
  return sum;
}
