// Tries the calibration methods and keeps what is measured to bring the outputs closest to the float model's.
import type { Engine, Graph, TensorData, TensorId } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import { rangeMethods, type RangeMethod, type RangeOptions } from '../calibrate/range.js';
import { scalesWeighMuch } from '../plan/narrow-matrices.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import { OutputJudge } from './output-error.js';
import { refineRanges } from './refine-ranges.js';

export interface Candidate {
  readonly method: RangeMethod;
  readonly correctBias: boolean;
  /** One scale for all of a matrix with short rows. */
  readonly compactMatrices: boolean;
  /** Mean distance of the outputs (see `judgements`); undefined when there was nothing to choose between. */
  readonly error: number | undefined;
}

export interface Selected extends Applied {
  readonly plan: QuantizationPlan;
  /** The best of the candidates; `error` is the one after single ranges were chosen anew. */
  readonly chosen: Candidate;
  /** Everything that was tried, in the order of trial. */
  readonly candidates: readonly Candidate[];
  /** Scale groups that have a range method of their own. */
  readonly refined: number;
}

export interface SelectOptions extends Omit<PlanOptions, 'range' | 'compactMatrices'> {
  /** `auto` measures them all, and then again for single tensors. */
  readonly method: RangeMethod | 'auto';
  readonly percentile: number;
  /** `auto` measures with and without, and corrects the last layers by what is measured. */
  readonly correctBias: boolean | 'auto';
}

type Settings = Omit<Candidate, 'error'> & {
  readonly overrides?: ReadonlyMap<TensorId, RangeOptions>;
  readonly outputErrors?: ReadonlyMap<TensorId, Float64Array>;
};

/** Sharing scales may multiply the error by this, some 8 dB: a little more than a bit of the weights is worth. */
const greatestLoss = 6;

/** `samples` are real-valued feeds to judge by; none are needed when method and bias correction are both given. */
export async function select(
  graph: Graph, calibration: Calibration, engine: Engine, samples: readonly (readonly TensorData[])[], options: SelectOptions,
): Promise<Selected> {
  const quantize = ({ method, correctBias, compactMatrices, overrides, outputErrors }: Settings): Applied & { readonly plan: QuantizationPlan } => {
    const range = { method, percentile: options.percentile, ...(overrides === undefined ? {} : { overrides }) };
    const decided = plan(graph, calibration, { ...options, range, compactMatrices });
    const corrections = { ...(correctBias ? { correctBias: calibration } : {}), ...(outputErrors === undefined ? {} : { outputErrors }) };
    return { ...apply(graph, decided, corrections), plan: decided };
  };
  const tries = candidatesOf(options);
  if ((tries.length === 1 && options.correctBias !== 'auto') || samples.length === 0) {
    const chosen = { ...tries[0]!, error: undefined };
    return { ...quantize(chosen), chosen, candidates: [chosen], refined: 0 };
  }
  const judge = await OutputJudge.of(graph, engine, samples);
  const measure = (settings: Settings): Promise<number> => judge.errorOf(quantize(settings));
  const candidates = await measureCandidates(tries, measure, { uncorrected: options.correctBias === 'auto', compact: scalesWeighMuch(graph) });
  const best = bestOf(candidates);
  const refinement = options.method !== 'auto' ? undefined : await refineRanges({
    graph, calibration, judge, percentile: options.percentile, samples: samples.length, error: best.error!,
    quantize: (overrides) => quantize({ ...best, overrides }),
  });
  const refined = { ...best, overrides: refinement?.overrides ?? new Map() };
  const error = refinement?.error ?? best.error!;
  const final = options.correctBias === 'auto' ? await correctOutputs(quantize, judge, refined, error) : { result: quantize(refined), error };
  return { ...final.result, chosen: { ...best, error: final.error }, candidates, refined: refined.overrides.size };
}

/** Takes the mean error of the last layers out of their biases, where that is measured to help. */
async function correctOutputs<T extends Applied>(
  quantize: (settings: Settings) => T, judge: OutputJudge, settings: Settings, error: number,
): Promise<{ readonly result: T; readonly error: number }> {
  const plain = quantize(settings);
  const corrected = quantize({ ...settings, outputErrors: await judge.channelErrors(plain) });
  const correctedError = await judge.errorOf(corrected);
  return correctedError < error ? { result: corrected, error: correctedError } : { result: plain, error };
}

/** Every method first; then the best one without bias correction and, where that saves space, with shared scales. */
async function measureCandidates(
  tries: readonly Settings[], measure: (settings: Settings) => Promise<number>, more: { readonly uncorrected: boolean; readonly compact: boolean },
): Promise<Candidate[]> {
  const measured: Candidate[] = [];
  const add = async (settings: Settings): Promise<unknown> => measured.push({ ...settings, error: await measure(settings) });
  for (const settings of tries) await add(settings);
  if (more.uncorrected) await add({ ...bestOf(measured), correctBias: false });
  if (more.compact) await add({ ...bestOf(measured), compactMatrices: true });
  return measured;
}

/** Of equals the earlier, simpler one; a compact one when it is not too far behind. */
function bestOf(measured: readonly Candidate[]): Candidate {
  const best = measured.filter(({ compactMatrices }) => !compactMatrices)
    .reduce((least, candidate) => (candidate.error! < least.error! ? candidate : least));
  return measured.find(({ compactMatrices, error }) => compactMatrices && error! <= greatestLoss * best.error!) ?? best;
}

function candidatesOf({ method, correctBias }: SelectOptions): Settings[] {
  const methods = method === 'auto' ? rangeMethods : [method];
  return methods.map((each) => ({ method: each, correctBias: correctBias !== false, compactMatrices: false }));
}
