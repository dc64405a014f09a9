// Evaluates a model by itself, beside another one, or what was recorded of it elsewhere: read `evaluateModel`.
import { tensorAt, WherryError, type Engine, type Graph } from '@wherry/graph';
import type { Preprocessing } from '@wherry/calibration-data';
import { inputReach, reachWarnings } from '../accuracy/input-reach.js';
import { likeness } from '../accuracy/likeness.js';
import { notFiniteWarnings, type Sides } from '../accuracy/not-finite.js';
import { isJudgedAlone, ownAccuracy } from '../accuracy/own-accuracy.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { evaluationDiagnostics } from '../evaluation-diagnostics.js';
import { dataWarnings } from '../inputs/data-warnings.js';
import {
  allSamples,
  dataSettings,
  openGraphData,
  watchSamples,
  withLikeness,
  type GivenData,
  type GraphData,
} from '../inputs/datasets.js';
import type { GivenModel } from '../inputs/read-model-file.js';
import type { ProgressSink } from '../progress.js';
import { accuracyReport } from '../report/report.js';
import { responsiveEngine } from '../responsive-engine.js';
import { toolVersion } from '../tool.js';
import type { Evaluation } from './evaluation.js';
import { hasLoss } from './has-loss.js';
import { pairEnds, type PairedEnds } from './pair-ends.js';
import { readEvaluated, type ReadEvaluated } from './read-evaluated.js';
import { openRecorded, requireRows } from './recorded-outputs.js';
import { referenceWarnings } from './reference-warnings.js';
import { runEvaluated, type Running } from './run-evaluated.js';

export interface EvaluateRequest {
  readonly model: GivenModel;
  /** What it is held against, on the same samples. */
  readonly against?: GivenModel | undefined;
  readonly evaluation: GivenData;
  /** Recorded outputs in place of the model's own: `[FORMAT:]PATH`, or `OUTPUT=[FORMAT:]PATH` of several. */
  readonly outputs?: readonly string[] | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  /** All when left out. */
  readonly samples?: number | undefined;
  /** Class names in the order of the outputs. */
  readonly labels?: readonly string[] | undefined;
  readonly task?: readonly string[] | undefined;
}

export interface EvaluateHost {
  engine(): Promise<Engine>;
  readonly signal?: AbortSignal | undefined;
}

/** Nothing is calibrated here; what few samples tell, the intervals say. */
const ofScales = 'DATA_FEW_SAMPLES';

/**
 * Nothing is written. Throws EVALUATION_NOTHING, EVALUATION_ENDS, OUTPUTS_MISFIT, TASK_IMPOSSIBLE, LABELS_ORDER, and what models
 * and data are refused for.
 */
export async function evaluateModel(
  request: EvaluateRequest,
  host: EvaluateHost,
  progress: ProgressSink,
): Promise<Evaluation> {
  const model = await readEvaluated(request.model, request.against);
  const against = request.against === undefined ? undefined : await readEvaluated(request.against, request.model);
  const ends =
    against && pairEnds(model.real, against.real, { own: model.report.called, other: against.report.called });
  const recorded = await openRecorded(request.outputs ?? [], model.graph);
  const engine = responsiveEngine(await host.engine(), host.signal);
  const data = await openData(request, engine, model, against, ends);
  requireNamedClasses(request, data);
  const isAlone = against === undefined && recorded.length === 0;
  if (isAlone) requireSomething(data);
  if (data.dataset.count !== undefined) for (const each of recorded) requireRows(each, data.dataset.count);
  const watched = watchSamples(data, inputReach(model.graph));
  progress.begin('evaluate', data.dataset.count);
  const compared = await runEvaluated(
    {
      names: model.real.outputs.map((id) => tensorAt(model.real, id).name),
      tasks: data.tasks.tasks,
      own: recorded.length > 0 && against !== undefined ? undefined : itself(model.real),
      other: against && ends && { graph: against.real, ...ends },
      recorded,
    },
    engine,
    watched.samples,
    (done) => progress.advance(done),
  );
  progress.end();
  const { report } = await watched.seen();
  const judged = { data, report };
  const reference = against ?? model;
  const own = compared.flatMap((output) => ownAccuracy(output) ?? []);
  return {
    schemaVersion: 1,
    ok: true,
    tool: { name: 'wherry', version: toolVersion },
    model: model.report,
    against: against?.report ?? null,
    outputs: recorded.map((each) => each.report),
    evaluation: report,
    engine: engine.name,
    lossBeyondChance: compared.some(hasLoss),
    accuracy: isAlone ? [] : accuracyReport(compared),
    ownAccuracy: isAlone ? own : null,
    warnings: [
      ...[model, ...(against ? [against] : [])].flatMap(({ warnings }) => warnings),
      ...(ends?.warnings ?? []),
      ...dataWarnings(judged, judged).filter(({ code }) => code !== ofScales),
      ...reachWarnings(model.graph, report),
      ...notFiniteWarnings(compared, sidesOf(model, against, recorded.length > 0)),
      ...(await referenceWarnings(request, engine, { data, report, reference, ends, compared })),
    ],
  };
}

async function openData(
  request: EvaluateRequest,
  engine: Engine,
  { real }: ReadEvaluated,
  against: ReadEvaluated | undefined,
  ends: PairedEnds | undefined,
): Promise<GraphData> {
  const opened = await openGraphData(
    request.evaluation,
    real,
    dataSettings({ ...request, samples: request.samples ?? allSamples }),
  );
  // What the other one gives is what this one should.
  const seen = await likeness(against?.real ?? real, engine, inOrder(opened, ends));
  const alike = ends === undefined ? seen : ends.outputs.map((at) => (at === undefined ? undefined : seen[at]));
  return withLikeness(opened, real, alike);
}

/** The inputs as the other model takes them. */
async function* inOrder({ dataset }: GraphData, ends: PairedEnds | undefined) {
  for await (const { inputs } of dataset.samples()) {
    const ordered: Float32Array[] = [];
    inputs.forEach((values, position) => (ordered[ends?.inputs[position] ?? position] = values));
    yield { inputs: ordered };
  }
}

function itself(graph: Graph): Running {
  return { graph, inputs: graph.inputs.map((_, i) => i), outputs: graph.outputs.map((_, i) => i) };
}

/** What stands in the place of the float model, and what is judged. */
function sidesOf({ report }: ReadEvaluated, against: ReadEvaluated | undefined, isRecorded: boolean): Sides {
  const float = (against?.report ?? report).called;
  return { float, quantized: isRecorded ? 'what was recorded' : against && report.called };
}

/** Throws SETTING_UNUSED for names that number nothing. */
function requireNamedClasses({ labels }: EvaluateRequest, { dataset, survey, name }: GraphData): void {
  if (labels === undefined || dataset.labels !== undefined) return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `class names are given with --labels, and the data has ${survey.kind === 'none' ? 'no labels' : 'numbers'} to go by`,
    where: name,
    next: 'leave --labels away; it numbers the classes of data that has them by name',
  });
}

function requireSomething({ tasks: { tasks, misfit }, name }: GraphData): void {
  if (tasks.some(isJudgedAlone)) return;
  throw new WherryError(evaluationDiagnostics.EVALUATION_NOTHING, {
    what: misfit === undefined ? 'the samples have no labels, and there is no other model' : misfit.what,
    where: name,
    next: `${misfit === undefined ? 'give labelled samples' : misfit.next}; or give another model to compare with, --against MODEL`,
  });
}
