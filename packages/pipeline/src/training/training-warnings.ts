// What a training that was done has to say.
import { counted, diagnose, type Diagnostic } from '@wherry/graph';
import { trainingDiagnostics } from './diagnostics.js';
import type { TrainingSummary } from './training-request.js';

export function trainingWarnings(training: TrainingSummary | undefined): readonly Diagnostic[] {
  if (training === undefined) return [];
  if (training.taken) return sharedWarnings(training);
  return [
    diagnose(trainingDiagnostics.TRAINING_NO_GAIN, {
      what: whyNot(training),
      next: 'give more samples with --data, more --epochs, or a lower --rate',
    }),
  ];
}

function whyNot({ heldBack, judging, outputs, keptEpoch, again }: TrainingSummary): string {
  if (keptEpoch === 0)
    return `no epoch brought the loss on the ${heldBack} samples held back down, so that the model is the one without training`;
  const lost = (again?.outputs ?? outputs).filter(({ verdict }) => verdict === 'loss').map(({ name }) => name);
  const on =
    again === null
      ? `${counted(judging, 'sample')} held back to judge it by`
      : `${counted(again.evaluated, 'sample')} to evaluate`;
  return `the trained model ${lost.length > 0 ? `is worse at ${lost.join(', ')}` : 'is no better beyond chance'} on ${on}, so that the one without training was taken`;
}

function sharedWarnings({ again }: TrainingSummary): readonly Diagnostic[] {
  if (again === null || again.shared === 0) return [];
  const are = again.shared === 1 ? 'is' : 'are';
  return [
    diagnose(trainingDiagnostics.TRAINING_SHARED, {
      what: `${counted(again.shared, 'sample')} to evaluate ${are} among those that the training was given, value by value, so that the accuracy is better than it would be on others`,
      next: 'take them out of the data with --data, or give other samples with --evaluation',
    }),
  ];
}
