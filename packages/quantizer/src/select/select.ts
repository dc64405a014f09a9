// Tries the calibration methods and keeps what is measured to bring the outputs closest to the float model's.
import type { Engine, Graph, TensorId } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import { measuredMethods, type RangeMethod, type RangeOptions } from '../calibrate/range.js';
import { equalize } from '../equalize/equalize.js';
import { scalesWeighMuch } from '../plan/narrow-matrices.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import { OutputJudge, type Recording } from './output-error.js';
import { race } from './race.js';
import { affordableSteps, refineRanges } from './refine-ranges.js';
import type { JudgedSample } from './sample-reservoir.js';
import type { Candidate, Settings } from './settings.js';

/** With even channels a tensor between layers holds other values than the float graph's: only outputs are to be compared. */
export interface Selected extends Applied {
  readonly plan: QuantizationPlan;
  /** The best of the candidates; `error` is the one after single ranges were chosen anew. */
  readonly chosen: Candidate;
  /** Everything that was tried, in the order of trial. */
  readonly candidates: readonly Candidate[];
  /** Scale groups that have a range method of their own. */
  readonly refined: number;
  /** Pairs of layers between which channels were evened out. */
  readonly equalizedPairs: number;
}

export interface SelectOptions extends Omit<PlanOptions, 'range' | 'compactMatrices'> {
  /** `auto` measures `measuredMethods`, and then more for single tensors. */
  readonly method: RangeMethod | 'auto';
  readonly percentile: number;
  /** `auto` measures with and without, and corrects the last layers by what is measured. */
  readonly correctBias: boolean | 'auto';
  /** `auto` measures with even channels and without. */
  readonly equalize: boolean | 'auto';
}

/** Fewer samples than this are not divided. */
const leastDivided = 16;

/** Additions to a candidate that later steps find. */
interface Refined extends Settings {
  readonly overrides?: ReadonlyMap<TensorId, RangeOptions>;
  readonly outputErrors?: ReadonlyMap<TensorId, Float64Array>;
}

type Quantize = (settings: Refined) => Applied & { readonly plan: QuantizationPlan };

/** `samples` are what to judge by; none are needed when everything is given. */
export async function select(
  graph: Graph,
  calibration: Calibration,
  engine: Engine,
  samples: readonly JudgedSample[],
  options: SelectOptions,
): Promise<Selected> {
  const plain = { graph, calibration, pairs: 0 };
  const even = options.equalize === false ? plain : (equalize(graph, calibration) ?? plain);
  const quantize: Quantize = ({ method, correctBias, compactMatrices, equalized, overrides, outputErrors }) => {
    const form = equalized ? even : plain;
    const range = { method, percentile: options.percentile, ...(overrides === undefined ? {} : { overrides }) };
    const decided = plan(form.graph, form.calibration, { ...options, range, compactMatrices });
    const corrections = {
      ...(correctBias ? { correctBias: form.calibration } : {}),
      ...(outputErrors === undefined ? {} : { outputErrors }),
    };
    return { ...apply(form.graph, decided, corrections), plan: decided };
  };
  const tries = triesOf(options, even !== plain);
  const triesEven = even !== plain && options.equalize === 'auto';
  if ((tries.length === 1 && options.correctBias !== 'auto' && !triesEven) || samples.length === 0) {
    const chosen = { ...tries[0]!, error: undefined, samples: 0 };
    return {
      ...quantize(chosen),
      chosen,
      candidates: [chosen],
      refined: 0,
      equalizedPairs: chosen.equalized ? even.pairs : 0,
    };
  }
  const measured = await measure(quantize, await OutputJudge.of(graph, engine, samples), tries, {
    graph,
    calibration,
    samples: samples.length,
    equalized: triesEven,
    options,
  });
  return { ...measured, equalizedPairs: measured.chosen.equalized ? even.pairs : 0 };
}

async function measure(
  quantize: Quantize,
  judge: OutputJudge,
  tries: readonly Settings[],
  {
    graph,
    calibration,
    samples,
    equalized,
    options,
  }: {
    readonly graph: Graph;
    readonly calibration: Calibration;
    readonly samples: number;
    readonly equalized: boolean;
    readonly options: SelectOptions;
  },
): Promise<Omit<Selected, 'equalizedPairs'>> {
  const { percentile } = options;
  const form = quantize(tries[0]!);
  const steps = options.method === 'auto' ? affordableSteps(form, { graph, calibration, samples, percentile }) : [];
  const finalPosition = options.correctBias === 'auto' ? judge.finalPosition(form) : undefined;
  const keepAt = [...steps.map(({ position }) => position), ...(finalPosition === undefined ? [] : [finalPosition])];
  const first = samples < leastDivided ? samples : Math.ceil(samples / 2);
  const halves = { first: judge.part(0, first), second: judge.part(first, samples) };
  const { best, recording, candidates } = await race(
    tries,
    (settings, half) => halves[half].measure(quantize(settings), { keepAt }),
    {
      counts: [first, samples - first],
      equalized,
      uncorrected: options.correctBias === 'auto',
      compact: scalesWeighMuch(graph),
    },
  );
  const refinement = await refineRanges(steps, {
    judge,
    recording,
    percentile,
    error: best.error!,
    quantize: (overrides) => quantize({ ...best, overrides }),
  });
  const settings = { ...best, overrides: refinement.overrides };
  const final =
    finalPosition === undefined
      ? { result: quantize(settings), error: refinement.error }
      : await correctOutputs(quantize, judge, settings, { finalPosition, recording, changedFrom: refinement.position });
  return { ...final.result, chosen: { ...best, error: final.error }, candidates, refined: refinement.overrides.size };
}

/** Takes the mean error of the last layers out of their biases, where that is measured to help. */
async function correctOutputs(
  quantize: Quantize,
  judge: OutputJudge,
  settings: Refined,
  {
    finalPosition,
    recording,
    changedFrom,
  }: { readonly finalPosition: number; readonly recording: Recording; readonly changedFrom: number | undefined },
): Promise<{ readonly result: ReturnType<Quantize>; readonly error: number }> {
  const plain = quantize(settings);
  const position = Math.min(changedFrom ?? finalPosition, finalPosition);
  const measured = await judge.measure(plain, { from: { position, recording }, keepAt: [finalPosition] });
  const corrected = quantize({ ...settings, outputErrors: judge.channelErrors(plain, measured.recording) });
  const { error } = await judge.measure(corrected, {
    from: { position: finalPosition, recording: measured.recording },
  });
  return error < measured.error ? { result: corrected, error } : { result: plain, error: measured.error };
}

/** One when everything is given. */
function triesOf({ method, correctBias, equalize: wanted }: SelectOptions, canEqualize: boolean): Settings[] {
  const equalized = canEqualize && wanted === true;
  return (method === 'auto' ? measuredMethods : [method]).map((each) => ({
    method: each,
    correctBias: correctBias !== false,
    compactMatrices: false,
    equalized,
  }));
}
