// A training with what it takes to do it, where one is asked for.
import { WherryError } from '@wherry/graph';
import type { SchemeName } from '@wherry/quantizer';
import type { DeployHost, DeployRequest } from '../deployment.js';
import { allSamples, openGraphData, withLikeness } from '../inputs/datasets.js';
import type { ReadModel } from '../read-model.js';
import { requireCheckpointPlace } from './checkpoint-file.js';
import { trainingDiagnostics } from './diagnostics.js';
import type { AskedTraining } from './training-request.js';

/** `several`: more than one scheme may be tried, each of which is a training of its own. */
export function askedTraining(
  { request, optimized }: Pick<ReadModel, 'optimized'> & { readonly request: DeployRequest },
  host: DeployHost,
  several: boolean,
): AskedTraining | undefined {
  const { training, samples, preprocessing, labels, task } = request;
  if (training === undefined) return undefined;
  return {
    request: training,
    host,
    checkpointOf: (scheme) =>
      training.checkpoint === undefined || !several ? training.checkpoint : `${training.checkpoint}.${scheme}`,
    // Calibration has enough of a few hundred samples; a training is the better for every one that is given for it.
    openData: async (given, alike) => {
      const options = { limit: samples ?? allSamples, preprocessing, classes: labels, task };
      return withLikeness(await openGraphData(given, optimized, options), optimized, alike);
    },
  };
}

/** Throws TRAINING_EVALUATION. */
export function requireEvaluation({ training, evaluation }: DeployRequest): void {
  if (training === undefined || evaluation !== undefined) return;
  throw new WherryError(trainingDiagnostics.TRAINING_EVALUATION, {
    what: 'no samples are given to evaluate on, and those that are trained on say nothing of what was won',
    next: 'give others with --evaluation [FORMAT:]PATH',
  });
}

/** The first of them is written after a whole epoch: a place where none can be is refused before. Throws CHECKPOINT_ACCESS. */
export async function requireCheckpointPlaces(
  training: AskedTraining | undefined,
  schemes: readonly SchemeName[],
): Promise<void> {
  for (const scheme of schemes) {
    const checkpoint = training?.checkpointOf(scheme);
    if (checkpoint !== undefined) await requireCheckpointPlace(checkpoint);
  }
}
