// Where accuracy goes in a file that is quantized already, beside the float model that it was made of, and on the device that ran it.
import { WherryError, type Engine, type Graph } from '@wherry/graph';
import { inputReach } from '../accuracy/input-reach.js';
import { evaluateModel, type EvaluateHost, type EvaluateRequest } from '../evaluate/evaluate-model.js';
import type { Evaluation } from '../evaluate/evaluation.js';
import { pairEnds } from '../evaluate/pair-ends.js';
import { readEvaluated, type ReadEvaluated } from '../evaluate/read-evaluated.js';
import { openRecorded } from '../evaluate/recorded-outputs.js';
import { allSamples, dataSettings, openGraphData } from '../inputs/datasets.js';
import type { ProgressSink } from '../progress.js';
import { schemeDiagnostics } from '../scheme-diagnostics.js';
import { responsiveEngine } from '../responsive-engine.js';
import { attribute } from './attribute.js';
import { blameUnpaired } from './blame-unpaired.js';
import { blameData } from './blame-data.js';
import { reachEvidence } from './data-evidence.js';
import { attributionDiagnostics } from './diagnostics.js';
import { floatWrong, isLoss, mostSamples, someSamples } from './explain-loss.js';
import type { FileExplanation } from './explanation.js';
import { pairedConstants } from './paired-constants.js';
import { requireTwin } from './require-twin.js';
import { blameKernel, recordedKernel } from './recorded-kernel.js';

export interface ExplainFileRequest extends Omit<EvaluateRequest, 'against'> {
  /** The float model that MODEL was made of. */
  readonly float: NonNullable<EvaluateRequest['against']>;
  readonly budgetSeconds: number;
}

/** Throws EXPLAIN_NOTHING and EXPLAIN_OTHER_MODEL, and what an evaluation throws. */
export async function explainFile(
  { float, budgetSeconds, ...request }: ExplainFileRequest,
  host: EvaluateHost,
  progress: ProgressSink,
): Promise<FileExplanation> {
  const [model, given] = [await readEvaluated(request.model, float), await readEvaluated(float, request.model)];
  requireQuantized(model, given);
  const evaluation = await evaluateModel({ ...request, against: float }, host, progress);
  requireFinite(evaluation);
  const engine = responsiveEngine(await host.engine(), host.signal);
  const reference = inOrderOf(model, given);
  const data = await openGraphData(
    request.evaluation,
    model.real,
    dataSettings({ ...request, samples: request.samples ?? allSamples }),
  );
  const { exactOf, unpaired, alike } = pairedConstants(given.graph, model.graph);
  progress.begin('explain the loss');
  const samples = await someSamples(data, mostSamples);
  const found = await attribute({ reference, quantized: model.graph, exactOf, samples, engine, budgetSeconds });
  requireTwin(model, given, { alike, sqnrDb: found.sqnrDb });
  const blamed = blameData(found, {
    otherSamples: reachEvidence(inputReach(model.graph), evaluation.evaluation.lint.inputs, found.ranges),
    floatWrong: floatWrong(evaluation.warnings),
    isLoss: evaluation.accuracy.some(isLoss),
  });
  const known = blameUnpaired(blamed, unpaired);
  const recorded = await openRecorded(request.outputs ?? [], model.graph);
  const attribution =
    recorded.length === 0
      ? known
      : blameKernel(known, await kernelOf(model, reference, engine, { recorded, samples: data.dataset.samples() }));
  progress.end();
  return { schemaVersion: 1, ok: true, attribution, evaluation };
}

function kernelOf(
  { real }: ReadEvaluated,
  float: Graph,
  engine: Engine,
  rest: Pick<Parameters<typeof recordedKernel>[0], 'recorded' | 'samples'>,
) {
  return recordedKernel({ real, float, engine, ...rest });
}

function requireQuantized(model: ReadEvaluated, float: ReadEvaluated): void {
  const isQuantized = ({ graph }: ReadEvaluated): boolean =>
    graph.tensors.some(({ quantization }) => quantization !== undefined);
  const refuse = (what: string, next: string): never => {
    throw new WherryError(attributionDiagnostics.EXPLAIN_NOTHING, { what, next });
  };
  if (!isQuantized(model))
    refuse(
      `${model.report.called} has real numbers, and --float is given`,
      'give the quantized file as MODEL; or leave --float away, and name a --profile to quantize it for',
    );
  if (isQuantized(float))
    refuse(
      `${float.report.called} is quantized, and --float wants the model that MODEL was made of`,
      'give the float model',
    );
}

/** Noise without end has no shares. */
function requireFinite({ warnings }: Evaluation): void {
  const found = warnings.find(({ code }) => code === schemeDiagnostics.VALUES_NOT_FINITE.code);
  if (found === undefined) return;
  const { what, where, next } = found;
  throw new WherryError(attributionDiagnostics.EXPLAIN_NOTHING, { what, ...(where !== undefined && { where }), next });
}

/** The float model with inputs and outputs in the order of the other one. */
function inOrderOf(model: ReadEvaluated, { real, report }: ReadEvaluated): Graph {
  const ends = pairEnds(model.real, real, { own: model.report.called, other: report.called });
  const missing = ends.outputs.includes(undefined);
  if (missing)
    throw new WherryError(attributionDiagnostics.EXPLAIN_NOTHING, {
      what: `${report.called} lacks an output that ${model.report.called} has`,
      next: 'give the float model that MODEL was made of',
    });
  return {
    ...real,
    inputs: ends.inputs.map((position) => real.inputs[position]!),
    outputs: ends.outputs.map((position) => real.outputs[position!]!),
  };
}
