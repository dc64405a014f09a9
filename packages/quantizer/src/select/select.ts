// Tries the calibration methods and keeps what is measured to bring the outputs closest to the float model's.
import type { Engine, Graph, TensorData, TensorId } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import { rangeMethods, type RangeMethod, type RangeOptions } from '../calibrate/range.js';
import { scalesWeighMuch } from '../plan/narrow-matrices.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import { OutputJudge, type Measured, type Recording } from './output-error.js';
import { affordableSteps, refineRanges } from './refine-ranges.js';

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

type Quantize = (settings: Settings) => Applied & { readonly plan: QuantizationPlan };

/** `samples` are real-valued feeds to judge by; none are needed when method and bias correction are both given. */
export async function select(
  graph: Graph, calibration: Calibration, engine: Engine, samples: readonly (readonly TensorData[])[], options: SelectOptions,
): Promise<Selected> {
  const quantize: Quantize = ({ method, correctBias, compactMatrices, overrides, outputErrors }) => {
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
  const form = quantize(tries[0]!);
  const steps = options.method === 'auto' ? affordableSteps(form, { graph, calibration, samples: samples.length, percentile: options.percentile }) : [];
  const finalPosition = options.correctBias === 'auto' ? judge.finalPosition(form) : undefined;
  const keepAt = [...steps.map(({ position }) => position), ...(finalPosition === undefined ? [] : [finalPosition])];
  const measure = (settings: Settings): Promise<Measured> => judge.measure(quantize(settings), { keepAt });
  const { best, recording, candidates } = await measureCandidates(tries, measure, { uncorrected: options.correctBias === 'auto', compact: scalesWeighMuch(graph) });
  const refinement = await refineRanges(steps, {
    judge, recording, percentile: options.percentile, error: best.error!, quantize: (overrides) => quantize({ ...best, overrides }),
  });
  const settings = { ...best, overrides: refinement.overrides };
  const final = finalPosition === undefined
    ? { result: quantize(settings), error: refinement.error }
    : await correctOutputs(quantize, judge, settings, { finalPosition, recording, changedFrom: refinement.position });
  return { ...final.result, chosen: { ...best, error: final.error }, candidates, refined: refinement.overrides.size };
}

/** Takes the mean error of the last layers out of their biases, where that is measured to help. */
async function correctOutputs(
  quantize: Quantize, judge: OutputJudge, settings: Settings,
  { finalPosition, recording, changedFrom }: { readonly finalPosition: number; readonly recording: Recording; readonly changedFrom: number | undefined },
): Promise<{ readonly result: ReturnType<Quantize>; readonly error: number }> {
  const plain = quantize(settings);
  const position = Math.min(changedFrom ?? finalPosition, finalPosition);
  const measured = await judge.measure(plain, { from: { position, recording }, keepAt: [finalPosition] });
  const corrected = quantize({ ...settings, outputErrors: judge.channelErrors(plain, measured.recording) });
  const { error } = await judge.measure(corrected, { from: { position: finalPosition, recording: measured.recording } });
  return error < measured.error ? { result: corrected, error } : { result: plain, error: measured.error };
}

/** Every method first; then the best one without bias correction and, where that saves space, with shared scales. */
async function measureCandidates(
  tries: readonly Settings[], measure: (settings: Settings) => Promise<Measured>, more: { readonly uncorrected: boolean; readonly compact: boolean },
): Promise<{ readonly best: Candidate; readonly recording: Recording; readonly candidates: Candidate[] }> {
  const candidates: Candidate[] = [];
  const recordings = new Map<Candidate, Recording>();
  const add = async (settings: Settings): Promise<void> => {
    const { error, recording } = await measure(settings);
    const candidate = { ...settings, error };
    candidates.push(candidate);
    recordings.set(candidate, recording);
    // What cannot be chosen any more need not be remembered.
    for (const each of candidates) if (each !== bestOf(candidates) && each !== plainBest(candidates)) recordings.delete(each);
  };
  for (const settings of tries) await add(settings);
  if (more.uncorrected) await add({ ...bestOf(candidates), correctBias: false });
  if (more.compact) await add({ ...bestOf(candidates), compactMatrices: true });
  const best = bestOf(candidates);
  return { best, recording: recordings.get(best)!, candidates };
}

/** Of equals the earlier, simpler one; a compact one when it is not too far behind. */
function bestOf(measured: readonly Candidate[]): Candidate {
  const best = plainBest(measured);
  return measured.find(({ compactMatrices, error }) => compactMatrices && error! <= greatestLoss * best.error!) ?? best;
}

function plainBest(measured: readonly Candidate[]): Candidate {
  return measured.filter(({ compactMatrices }) => !compactMatrices)
    .reduce((least, candidate) => (candidate.error! < least.error! ? candidate : least));
}

function candidatesOf({ method, correctBias }: SelectOptions): Settings[] {
  const methods = method === 'auto' ? rangeMethods : [method];
  return methods.map((each) => ({ method: each, correctBias: correctBias !== false, compactMatrices: false }));
}
