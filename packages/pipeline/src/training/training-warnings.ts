// What a training that was done has to say.
import { counted, diagnose, type Diagnostic } from '@wherry/graph';
import { trainingDiagnostics } from './diagnostics.js';
import type { TrainingSummary } from './training-request.js';

export function trainingWarnings(training: TrainingSummary | undefined): readonly Diagnostic[] {
  if (training === undefined || training.taken) return [];
  const { heldBack, judging, outputs, keptEpoch } = training;
  const lost = outputs.filter(({ verdict }) => verdict === 'loss').map(({ name }) => name);
  return [
    diagnose(trainingDiagnostics.TRAINING_NO_GAIN, {
      what:
        keptEpoch === 0
          ? `no epoch brought the loss on the ${heldBack} samples held back down, so that the model is the one without training`
          : `the trained model ${lost.length > 0 ? `is worse at ${lost.join(', ')}` : 'is no better beyond chance'} on ${counted(judging, 'sample')} held back to judge it by, so that the one without training was taken`,
      next: 'give more samples with --data, more --epochs, or a lower --rate',
    }),
  ];
}
