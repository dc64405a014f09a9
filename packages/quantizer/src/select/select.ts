// Tries the calibration methods and keeps the one whose outputs are measured to be closest to the float model's.
import type { Engine, Graph, TensorData } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import { rangeMethods, type RangeMethod } from '../calibrate/range.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import { judgedTensors, outputError, runAndKeep } from './output-error.js';

export interface Candidate {
  readonly method: RangeMethod;
  readonly correctBias: boolean;
  /** Mean relative squared error of the outputs; undefined when there was nothing to choose between. */
  readonly error: number | undefined;
}

export interface Selected extends Applied {
  readonly plan: QuantizationPlan;
  readonly chosen: Candidate;
  /** Everything that was tried, in the order of trial. */
  readonly candidates: readonly Candidate[];
}

export interface SelectOptions extends Omit<PlanOptions, 'range'> {
  /** `auto` measures them all. */
  readonly method: RangeMethod | 'auto';
  readonly percentile: number;
  /** `auto` measures with and without. */
  readonly correctBias: boolean | 'auto';
}

/** `samples` are real-valued feeds to judge by; none are needed when method and bias correction are both given. */
export async function select(
  graph: Graph, calibration: Calibration, engine: Engine, samples: readonly (readonly TensorData[])[], options: SelectOptions,
): Promise<Selected> {
  const tries = candidatesOf(options);
  const quantize = (candidate: Pick<Candidate, 'method' | 'correctBias'>): Applied & { readonly plan: QuantizationPlan } => {
    const range = { method: candidate.method, percentile: options.percentile };
    const decided = plan(graph, calibration, { ...options, range });
    return { ...apply(graph, decided, candidate.correctBias ? { correctBias: calibration } : {}), plan: decided };
  };
  if (tries.length === 1 || samples.length === 0) {
    const chosen = { ...tries[0]!, error: undefined };
    return { ...quantize(chosen), chosen, candidates: [chosen] };
  }
  const ids = judgedTensors(graph);
  const judged = { ids, expected: await runAndKeep(graph, engine, samples, ids) };
  const measured: Candidate[] = [];
  for (const candidate of tries) {
    measured.push({ ...candidate, error: await outputError(quantize(candidate), engine, samples, judged) });
  }
  // Strictly less: of equals the earlier, simpler one stays.
  const chosen = measured.reduce((best, candidate) => (candidate.error! < best.error! ? candidate : best));
  return { ...quantize(chosen), chosen, candidates: measured };
}

function candidatesOf({ method, correctBias }: SelectOptions): Pick<Candidate, 'method' | 'correctBias'>[] {
  const methods = method === 'auto' ? rangeMethods : [method];
  const corrections = correctBias === 'auto' ? [true, false] : [correctBias];
  return methods.flatMap((each) => corrections.map((correction) => ({ method: each, correctBias: correction })));
}
