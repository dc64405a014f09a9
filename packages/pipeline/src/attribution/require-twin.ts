// A quantized file is explained beside the float model that it was made of, and beside no other: the weights tell, however badly they are rounded.
import { WherryError } from '@wherry/graph';
import type { ReadEvaluated } from '../evaluate/read-evaluated.js';
import { attributionDiagnostics } from './diagnostics.js';

interface Likeness {
  /** Of the weights of the file, the share that points where those of the float model do. */
  readonly alike: number;
  /** Of the outputs, in front of what hides most of an error. */
  readonly sqnrDb: number | null;
}

/** Of the weights: where a converter has merged or split some layers, the others are enough. */
const leastAlike = 0.5;
/** Where the weights stand otherwise. Two trainings of one network on the same samples have come as close as 15 dB. */
const leastSqnrDb = 20;

/** Throws EXPLAIN_OTHER_MODEL. */
export function requireTwin(
  { report: model }: Pick<ReadEvaluated, 'report'>,
  { report: float }: Pick<ReadEvaluated, 'report'>,
  { alike, sqnrDb }: Likeness,
): void {
  if (alike >= leastAlike || sqnrDb === null || sqnrDb >= leastSqnrDb) return;
  throw new WherryError(attributionDiagnostics.EXPLAIN_OTHER_MODEL, {
    what: `${model.called} was not made of ${float.called}: ${(100 * alike).toFixed(0)} % of its weights stand in layers that are alike, and its outputs are off by noise ${sqnrDb.toFixed(1)} dB below the signal`,
    next: `give the float model that MODEL was made of with --float. \`deploy evaluate MODEL --against FILE\` says how any two models compare`,
  });
}
