// What can go wrong with a training.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const trainerDiagnostics = defineDiagnostics({
  CHECKPOINT_OTHER: {
    exitCode: exitCodes.usage,
    title: 'The checkpoint belongs to another training',
    explanation:
      'A training goes on from its checkpoint to the same result as if it had never stopped, which holds only for the same model, ' +
      'the same samples and the same settings. Settings that only say where to write are free.',
  },
  CHECKPOINT_UNREADABLE: {
    exitCode: exitCodes.usage,
    title: 'The checkpoint cannot be read',
    explanation:
      'A checkpoint is written whole or not at all, so that a training can be stopped at any moment. One that is damaged was ' +
      'changed by something else, or is another file.',
  },
  TRAINING_DIVERGED: {
    exitCode: exitCodes.regression,
    title: 'The loss became infinite or no number',
    explanation:
      'A learning rate that is too high throws the weights further with every step. The rate is a share of the largest weight of ' +
      'each channel, so that 0.0002 to 0.001 suit most models; a tenth of it is the first thing to try.',
  },
  TRAINING_NOTHING: {
    exitCode: exitCodes.modelRejected,
    title: 'There is nothing to train',
    explanation:
      'Training changes filters and biases. A model without any, or whose filters are computed while it runs, has none.',
  },
});
