// Finds values of an input that are lost between two steps of its one scale, because others are so much greater.
import type { ChannelRange } from '@wherry/calibration-data';
import {
  integerRange,
  tensorAt,
  type DataType,
  type Engine,
  type Graph,
  type Quantization,
  type TensorData,
} from '@wherry/graph';
import type { Normalization } from './leading-normalization.js';
import type { LabelledSample } from './measure-accuracy.js';
import { OutputComparator } from './output-comparison.js';
import type { OutputTask } from './output-task.js';

/** Why a model loses accuracy, and what helps. */
export interface LossCause {
  readonly what: string;
  readonly next: string;
  readonly input: string;
}

/** A value of the input (or a channel) whose whole range is a few steps of the scale. */
interface Coarse {
  readonly position: number;
  readonly range: number;
  readonly steps: number;
}

export interface InputStepsRequest {
  /** What the model itself does to each input first. */
  readonly leading: readonly (Normalization | undefined)[];
  readonly float: Graph;
  readonly quantized: Graph;
  readonly engine: Engine;
  readonly tasks: readonly OutputTask[];
  /** Per input, what calibration saw of each value or channel. */
  readonly parts: readonly (readonly ChannelRange[])[];
  readonly samples: () => AsyncIterable<LabelledSample>;
}

const fewSteps = 32;
/** The input as a whole is at least so many times wider. */
const muchWider = 8;
const judged = 100;
/** Rounding the input alone, and nothing else, changes this many decisions, or values by so much. */
const agreement = 0.99;
const leastSqnrDb = 20;

/** Undefined unless the rounding of the input alone does visible harm. */
export async function inputStepsCause(request: InputStepsRequest): Promise<LossCause | undefined> {
  const { float, quantized, parts } = request;
  for (const [position, id] of float.inputs.entries()) {
    const scale = inputScale(quantized, position);
    if (scale === undefined) continue;
    const coarse = coarseValues(parts[position] ?? [], scale);
    if (coarse.length === 0 || !(await doesHarm(request, position, scale))) continue;
    const step = scale.quantization.scale[0]!;
    const named = coarse
      .slice(0, 4)
      .map(
        ({ position: at, range, steps }, i) =>
          `${i === 0 ? `the whole range of feature ${at}` : `of feature ${at}`} is ${short(range)} (${steps} ${steps === 1 ? 'step' : 'steps'})`,
      );
    return {
      input: tensorAt(float, id).name,
      what: `one ${scale.dtype} step of the input is ${short(step)}, ${named.join(', ')}${coarse.length > 4 ? ' ...' : ''}`,
      next: remedy(request, position),
    };
  }
  return undefined;
}

/** Of an integer input its own, of a float one that of the QUANTIZE behind it: the same rounding. */
function inputScale(graph: Graph, position: number): IntegerInput | undefined {
  const id = graph.inputs[position]!;
  const own = tensorAt(graph, id);
  const reader = graph.nodes.find((node) => node.inputs.includes(id));
  const written = reader?.kind === 'QUANTIZE' ? tensorAt(graph, reader.outputs[0]!) : undefined;
  const { dtype, quantization } = own.quantization === undefined ? (written ?? own) : own;
  return quantization === undefined ? undefined : { dtype, quantization };
}

interface IntegerInput {
  readonly dtype: DataType;
  readonly quantization: Quantization;
}

function coarseValues(parts: readonly ChannelRange[], { dtype, quantization }: IntegerInput): readonly Coarse[] {
  const step = quantization.scale[0]!;
  const [least, greatest] = integerRange(dtype);
  return parts.flatMap(({ min, max }, position) => {
    const range = max - min;
    const steps = Math.max(1, Math.round(range / step));
    return range > 0 && range / step < fewSteps && range * muchWider < (greatest - least) * step
      ? [{ position, range, steps }]
      : [];
  });
}

async function doesHarm({ float, engine, tasks, samples }: InputStepsRequest, position: number, scale: IntegerInput) {
  const executor = await engine.prepare(float);
  const comparators = float.outputs.map((_, i) => new OutputComparator('', tasks[i]!));
  let done = 0;
  try {
    for await (const { inputs } of samples()) {
      const expected = (await executor.run(inputs)).map((data) => Float32Array.from(data as Float32Array));
      const rounded = inputs.map((data, i) => (i === position ? roundedTo(data, scale) : data));
      const actual = await executor.run(rounded);
      comparators.forEach((comparator, i) => comparator.add(expected[i]!, actual[i] as Float32Array));
      if (++done >= judged) break;
    }
  } finally {
    executor.dispose();
  }
  return comparators.some(({ result: { top1, threshold, sqnrDb, notFinite } }) => {
    // That is not for rounding to explain.
    if (notFinite !== undefined) return false;
    const decided = top1 ?? threshold;
    return decided !== undefined && decided.decisions > 0
      ? decided.agree < agreement * decided.decisions
      : sqnrDb < leastSqnrDb;
  });
}

function roundedTo(data: TensorData, { dtype, quantization }: IntegerInput): Float32Array {
  const [step, zero] = [quantization.scale[0]!, quantization.zeroPoint[0]!];
  const [least, greatest] = integerRange(dtype);
  return Float32Array.from(data as Float32Array, (value) => {
    const stored = Math.min(greatest, Math.max(least, Math.round(value / step) + zero));
    return (stored - zero) * step;
  });
}

/** An input of type float32 is rounded to the same scale by the first operator, so that does not help. */
function remedy({ leading, parts }: InputStepsRequest, position: number): string {
  const found = leading[position];
  const channels = parts[position]!.length;
  if (found === undefined)
    return 'train with inputs that are normalized value by value, and normalize the same way in front of the model: --preprocess mean=A,B,... --preprocess std=A,B,...; --input-type float32 does not help, the first operator rounds alike';
  const listed = (values: readonly number[]): string =>
    values
      .slice(0, channels)
      .map((value) => String(Number(value.toPrecision(7))))
      .join(',');
  return `deploy the model without its layer "${found.layer}" and normalize in front of it, in the firmware as well: --preprocess mean=${listed(found.mean)} --preprocess std=${listed(found.std)}; --input-type float32 does not help, the first operator rounds alike`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
