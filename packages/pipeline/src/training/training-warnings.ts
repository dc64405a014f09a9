// What a training that was done has to say.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { trainingDiagnostics } from './diagnostics.js';
import type { TrainingSummary } from './training-request.js';

export function trainingWarnings(training: TrainingSummary | undefined): readonly Diagnostic[] {
  if (training === undefined || training.taken) return [];
  const { heldBack, keptEpoch } = training;
  return [
    diagnose(trainingDiagnostics.TRAINING_NO_GAIN, {
      what:
        keptEpoch === 0
          ? `no epoch brought the loss on the ${heldBack} samples held back down, so that the model is the one without training`
          : `the trained model came out no better on the ${heldBack} samples held back, so that the one without training was taken`,
      next: 'give more samples with --data, more --epochs, or a lower --rate',
    }),
  ];
}
