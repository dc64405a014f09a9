// Looks into the loss of a run: on samples that accuracy was measured on, within a share of the budget.
import type { Diagnostic, Engine, TensorData, WherryError } from '@wherry/graph';
import type { DeployRun, Made } from '../deployment.js';
import { hasLoss, type JudgedFigures } from '../evaluate/has-loss.js';
import type { GraphData } from '../inputs/datasets.js';
import type { Prepared } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import { attribute } from './attribute.js';
import type { Attribution } from './attribution.js';
import { blameData } from './blame-data.js';
import { dataEvidence } from './data-evidence.js';
import { knownConstants } from './known-constants.js';

type Run = Pick<DeployRun, 'request' | 'accuracy' | 'evaluation' | 'warnings'>;

/** Of the budget, where nobody asked. */
const shareOfBudget = 0.1;
/** Decisions in which the integers agree with the float model less often than this, or noise above, are worth a look. */
const leastAgreement = 0.99;
const leastSqnrDb = 20;
/** Those that attribution chooses from, spread evenly. */
export const mostSamples = 24;

/** Undefined where nothing was measured, or it is not worth it. */
export async function explainLoss(
  engine: Engine,
  { made, refusal }: { readonly made: Made; readonly refusal?: WherryError | undefined },
  run: Run,
  { data, optimized, imported }: Prepared,
  { explains, progress }: { readonly explains: boolean; readonly progress: ProgressSink },
): Promise<Attribution | undefined> {
  if (data === undefined || run.accuracy.length === 0 || made.training?.taken === true) return undefined;
  // Noise without end has no shares.
  if (run.accuracy.some(({ notFinite }) => notFinite !== undefined)) return undefined;
  if (!explains && refusal === undefined && !run.accuracy.some(isLoss)) return undefined;
  const { budgetSeconds } = run.request;
  progress.begin('explain the loss');
  const attribution = await attribute({
    reference: imported ?? optimized,
    quantized: made.graph,
    exactOf: knownConstants(made.float ?? optimized, made),
    samples: await someSamples(data.evaluationData, mostSamples),
    engine,
    budgetSeconds: explains ? budgetSeconds : budgetSeconds * shareOfBudget,
  });
  progress.end();
  const isOther = data.evaluationData !== data.calibrationData && made.selection !== null;
  return blameData(attribution, {
    otherSamples: isOther
      ? dataEvidence(data.calibrationSeen.report.lint.inputs, run.evaluation?.lint.inputs ?? [])
      : undefined,
    floatWrong: floatWrong(run.warnings),
    isLoss: refusal !== undefined || run.accuracy.some(isLoss),
  });
}

export function floatWrong(warnings: readonly Diagnostic[]): string | undefined {
  return warnings.find(({ code }) => code === 'FLOAT_MODEL_WRONG' || code === 'MODEL_WRONG')?.what;
}

/** As it is measured, or as a report has it, where noise that is none is null. */
export function isLoss(output: JudgedFigures & { readonly sqnrDb: number | null }): boolean {
  const decided = output.top1 ?? output.threshold;
  if (hasLoss(output)) return true;
  return decided === undefined || decided.decisions === 0
    ? (output.sqnrDb ?? Infinity) < leastSqnrDb
    : decided.agree / decided.decisions < leastAgreement;
}

/** Spread evenly over the data. */
export async function someSamples({ dataset }: GraphData, most: number): Promise<readonly (readonly TensorData[])[]> {
  const count = dataset.count ?? most;
  const taken = new Set(Array.from({ length: most }, (_, i) => Math.floor((i * Math.max(count, most)) / most)));
  const found: (readonly TensorData[])[] = [];
  let position = 0;
  for await (const { inputs } of dataset.samples()) if (taken.has(position++)) found.push(inputs);
  return found;
}
