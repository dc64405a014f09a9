// Where the noise at the outputs comes from: read `attribute`.
import type { Engine, Graph, TensorData } from '@wherry/graph';
import { WorkBudget } from '@wherry/quantizer';
import type { Attribution, CauseShare, LayerLoss } from './attribution.js';
import { contributionsOf, questionsOf, type Contribution, type Question } from './cause-noise.js';
import type { Cause } from './causes.js';
import { integerNoise, type IntegerNoise } from './integer-noise.js';
import { layerSteps, LayerNoise, type ExactSample } from './layer-noise.js';
import { comparedPlaces, OutputNoise } from './output-noise.js';
import { withinRounding } from './within-rounding.js';
import { realForm, type ExactOf, type RealForm } from './real-form.js';
import { StepRunner, type Values } from './step-runner.js';

export interface AttributionTask {
  /** The float model as it was given: what the outputs are held against. */
  readonly reference: Graph;
  readonly quantized: Graph;
  /** The constants of the float model that the quantized one was made of. */
  readonly exactOf: ExactOf;
  /** Real-valued inputs; as many as the budget allows are taken, spread evenly. */
  readonly samples: readonly (readonly TensorData[])[];
  readonly engine: Engine;
  /** In seconds of work on a usual machine. */
  readonly budgetSeconds: number;
}

const mostSamples = 24;
const fewestSamples = 4;
/** Float graphs take so much longer than the integers that the budget counts. */
const slowness = 4;
const shownLayers = 5;

export async function attribute(task: AttributionTask): Promise<Attribution> {
  const form = realForm(task.quantized, task.exactOf);
  const { samples, withLayers } = affordable(task, form);
  const runner = new StepRunner(form, task.engine);
  try {
    return await attributeWith({ ...task, samples }, form, runner, withLayers);
  } finally {
    await runner.dispose();
  }
}

async function attributeWith(
  task: AttributionTask,
  form: RealForm,
  runner: StepRunner,
  withLayers: boolean,
): Promise<Attribution> {
  const places = comparedPlaces(task.reference, form.graph);
  const outputsOf = (values: Values): TensorData[] => places.other.map((id) => values[id]!);
  const given = await outputsOfReference(
    task,
    places.reference.map(({ id }) => id),
  );
  const exact: TensorData[][] = [];
  for (const feeds of task.samples) exact.push(outputsOf(await runner.exact(feeds)));
  const againstExact = new OutputNoise(places.reference, exact);
  const againstGiven = new OutputNoise(places.reference, given);
  const converted = mean(exact.map((values, i) => againstGiven.of(i, values)));
  const sums = new Map<Question, number>();
  const layers = withLayers ? layerSteps(form).map((own) => new LayerNoise(own, runner)) : [];
  const exactSample = async (i: number): Promise<ExactSample> => {
    const feeds = task.samples[i]!;
    const noiseOf = (values: Values): number => againstExact.of(i, outputsOf(values));
    return { feeds, values: await runner.exact(feeds), noiseOf };
  };
  for (let i = 0; i < task.samples.length; i++) {
    const sample = await exactSample(i);
    for (const [question, switches] of questionsOf(form.steps)) {
      const noise = sample.noiseOf(await runner.run(sample.feeds, () => switches));
      sums.set(question, (sums.get(question) ?? 0) + noise / task.samples.length);
    }
    for (const layer of layers) await layer.add(sample);
  }
  const worst = [...layers].sort((a, b) => b.effect - a.effect).slice(0, shownLayers);
  for (let i = 0; i < task.samples.length && worst.length > 0; i++) {
    const sample = await exactSample(i);
    for (const layer of worst) await layer.addCauses(sample);
  }
  const integers = await integerNoise(task, places.other, againstExact, againstGiven);
  const found = { ...task, form, runner, sums, converted, integers, worst };
  return document(found, layers.length - worst.length, withLayers);
}

interface Found extends AttributionTask {
  readonly form: RealForm;
  readonly runner: StepRunner;
  readonly sums: ReadonlyMap<Question, number>;
  readonly converted: number;
  readonly integers: IntegerNoise;
  readonly worst: readonly LayerNoise[];
}

function document(found: Found, otherLayers: number, withLayers: boolean): Attribution {
  const { integers, samples, worst } = found;
  const total = integers.total;
  const rounding = withinRounding(total, found.sums.get('plain') ?? 0);
  const layers = worst.map((layer) => layerLoss(layer, found, total)).filter(({ share }) => share > 0);
  const causes = [...contributions(found)]
    .map(([cause, contribution]) => shareOf(cause, contribution, total, layers))
    .filter(({ share }) => Math.abs(share!) >= leastShare)
    .sort((a, b) => b.share! - a.share!);
  return {
    samples: samples.length,
    sqnrDb: total === 0 ? null : -10 * Math.log10(total),
    causes,
    unexplained: total === 0 ? 0 : 1 - causes.reduce((sum, { share }) => sum + share!, 0),
    layers,
    otherLayers,
    ranges: rangeFit(found),
    rounding,
    healthy: rounding.isAll,
    leftOut: [...(withLayers ? [] : ['single layers: the budget does not allow it']), ...integers.leftOut],
  };
}

/** By the groups of edges that share a scale. */
function rangeFit({ form, runner }: Found): Attribution['ranges'] {
  const seen = new Set<number>();
  let [tooNarrow, tooWide] = [0, 0];
  for (const { formats } of form.steps)
    for (const format of formats.values()) {
      if (format.fixed || seen.has(format.group)) continue;
      seen.add(format.group);
      const ratio = coverage(runner.rangesOf(format));
      if (ratio < 1 / muchOff) tooNarrow += 1;
      else if (ratio > muchOff) tooWide += 1;
    }
  return { of: seen.size, tooNarrow, tooWide };
}

/** Other samples of the same kind move a range by less than this factor. */
const muchOff = 1.6;

/** Less than this share of the noise is no cause of it. */
const leastShare = 0.001;

function contributions({ form, sums, converted, integers }: Found): ReadonlyMap<Cause, Partial<Contribution>> {
  const found = new Map<Cause, Partial<Contribution>>(contributionsOf(sums));
  const constants = found.get('conversion') ?? { alone: 0, removed: 0 };
  found.set('conversion', { alone: constants.alone! + converted, removed: constants.removed! + converted });
  const simulated = sums.get('all') ?? 0;
  found.set('rounding mode', { removed: integers.beyondSingle });
  // Kernels of real activations and integer weights round activations as they run.
  const isReal = form.steps.every(({ formats }) => formats.size === 0);
  const rest = integers.own - integers.beyondSingle - simulated;
  found.set(isReal ? 'activation rounding' : 'kernel', { removed: rest });
  return found;
}

function shareOf(
  cause: Cause,
  { alone, removed }: Partial<Contribution>,
  total: number,
  layers: readonly LayerLoss[],
): CauseShare {
  const share = (noise: number | undefined): number | null =>
    noise === undefined || total === 0 ? null : noise / total;
  const both = [share(alone), share(removed)].filter((each) => each !== null);
  const of = ({ causes }: LayerLoss): number => causes.find((each) => each.cause === cause)?.share ?? 0;
  return {
    cause,
    share: both.length === 0 ? 0 : mean(both),
    alone: share(alone),
    removed: share(removed),
    evidence: null,
    layers: [...layers]
      .filter((layer) => of(layer) >= leastShare)
      .sort((a, b) => of(b) - of(a))
      .map(({ layer }) => layer),
  };
}

function layerLoss(layer: LayerNoise, { runner, samples }: Found, total: number): LayerLoss {
  const share = (noise: number): number => (total === 0 ? 0 : noise / samples.length / total);
  return {
    layer: layer.own.layer,
    ownSqnrDb: layer.ownSqnrDb,
    share: share(layer.effect),
    causes: [...layer.causes]
      .map(([cause, noise]) => ({ cause, share: share(noise) }))
      .filter(({ share: of }) => of >= leastShare)
      .sort((a, b) => b.share - a.share),
    range: worstRange(layer, runner),
  };
}

/** Of several steps of a layer, that which fits its samples least; the last one where all of them are of the specification. */
function worstRange({ own }: LayerNoise, runner: StepRunner): LayerLoss['range'] {
  const formats = own.steps.flatMap((step) => [...step.formats.values()]);
  const chosen = formats.filter(({ fixed }) => !fixed);
  const ranges = (chosen.length > 0 ? chosen : formats).map((format) => runner.rangesOf(format));
  const misfit = (range: (typeof ranges)[number]): number => Math.abs(Math.log(coverage(range)));
  return ranges.reduce<LayerLoss['range']>(
    (worst, range) => (worst !== null && misfit(worst) > misfit(range) ? worst : range),
    null,
  );
}

/** What integers cover, times what the samples take. */
function coverage({ taken, covered }: NonNullable<LayerLoss['range']>): number {
  return (covered.high - covered.low) / Math.max(taken.high - taken.low, Number.MIN_VALUE);
}

async function outputsOfReference(
  { reference, engine, samples }: AttributionTask,
  outputs: readonly number[],
): Promise<TensorData[][]> {
  const executor = await engine.prepare({ ...reference, outputs });
  try {
    const found: TensorData[][] = [];
    for (const feeds of samples) found.push((await executor.run(feeds)).map((data) => data.slice()));
    return found;
  } finally {
    executor.dispose();
  }
}

/** Layers are looked at where the rest leaves enough of the budget for them. */
function affordable(
  { reference, samples, budgetSeconds }: AttributionTask,
  form: RealForm,
): { readonly samples: AttributionTask['samples']; readonly withLayers: boolean } {
  const one = slowness * new WorkBudget(reference, budgetSeconds).costOf(0, 1);
  const plain = questionsOf(form.steps).size + 4;
  // Half of the graph on the mean.
  const runs = plain + layerSteps(form).length / 2 + 5 * shownLayers;
  const most = (perSample: number): number => Math.floor(budgetSeconds / (one * perSample));
  const withLayers = most(runs) >= fewestSamples;
  const count = Math.min(mostSamples, samples.length, Math.max(fewestSamples, most(withLayers ? runs : plain)));
  const spread = Array.from({ length: count }, (_, i) => samples[Math.floor((i * samples.length) / count)]!);
  return { samples: spread, withLayers };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
