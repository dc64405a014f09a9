// Which real values a quantized model takes, by the scales of its inputs, and whether data goes with them.
import type { InputSummary } from '@wherry/calibration-data';
import { dataTypes, diagnose, operatorOf, tensorAt, type Diagnostic, type Graph, type TensorId } from '@wherry/graph';
import { asItIsDiagnostics } from '../as-it-is-diagnostics.js';
import type { DatasetReport } from '../inputs/datasets.js';

/** A share of values outside that single outliers do not reach. */
const muchOutside = 0.02;
/** Data this many times narrower than the scale falls on few of its steps. */
const muchNarrower = 50;
const enoughSamples = 8;

/** Of each input; without bounds where nothing quantizes it. */
export function inputReach(graph: Graph): readonly InputSummary[] {
  return graph.inputs.map((id) => {
    const { name } = tensorAt(graph, id);
    const { dtype, quantization } = tensorAt(graph, quantizedOf(graph, id));
    const range = dataTypes[dtype].range;
    if (quantization === undefined || range === undefined) return { name, min: -Infinity, max: Infinity, mean: 0 };
    const [min, max] = range.map((integer) => quantization.scale[0]! * (integer - quantization.zeroPoint[0]!));
    return { name, min: min!, max: max!, mean: 0 };
  });
}

/** An input of real values may be quantized by the first operator. */
function quantizedOf(graph: Graph, id: TensorId): TensorId {
  const readers = graph.nodes.filter(({ inputs }) => inputs.includes(id));
  const [only] = readers;
  return readers.length === 1 && operatorOf(only!.kind).traits.convertsNumbers === true ? only!.outputs[0]! : id;
}

/** `report`: of data that was watched against `inputReach`. */
export function reachWarnings(graph: Graph, { lint, samples }: DatasetReport): Diagnostic[] {
  return inputReach(graph).flatMap((reach, position) => {
    const seen = lint.inputs[position]!;
    const why = misfit(reach, seen, samples);
    if (why === undefined) return [];
    return [
      diagnose(asItIsDiagnostics.INPUT_RANGE, {
        what: `the data goes from ${short(seen.min)} to ${short(seen.max)}, and the scale of the input from ${short(reach.min)} to ${short(reach.max)}: ${why}`,
        where: `input ${reach.name}`,
        next: 'give real values prepared as for training; --preprocess (divideBy=, mean=, std=) changes what the data has',
      }),
    ];
  });
}

function misfit({ min, max }: InputSummary, seen: InputSummary, samples: number): string | undefined {
  const outside = seen.outside ?? 0;
  if (outside > muchOutside) return `${Math.round(100 * outside)} % of the values lie beyond it and are cut off`;
  const [width, whole] = [seen.max - seen.min, max - min];
  return samples >= enoughSamples && width > 0 && Number.isFinite(whole) && width * muchNarrower < whole
    ? 'it falls on few of its steps'
    : undefined;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
