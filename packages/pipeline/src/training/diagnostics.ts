// What a training can be refused for before it starts, and what it has to say afterwards.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const trainingDiagnostics = defineDiagnostics({
  CHECKPOINT_ACCESS: {
    exitCode: exitCodes.environment,
    title: 'The checkpoint cannot be read or written',
    explanation:
      'After each epoch the state of the training is written beside the checkpoint and then put in its place, so that a training ' +
      'that is stopped at any moment goes on from the last whole epoch.',
  },
  TRAINING_EVALUATION: {
    exitCode: exitCodes.usage,
    title: 'A training has to be judged on other samples than it was made from',
    explanation:
      'Weights that are fitted to samples do well on those samples, whatever they do on others. Evaluation data that the ' +
      'training has not seen tells what was won.',
  },
  TRAINING_LABELS: {
    exitCode: exitCodes.usage,
    title: 'Labels are asked for and not there',
    explanation:
      'Training by labels needs to know of every sample what the outputs should be, in a form that goes with the model. Training ' +
      'by distillation follows the float model instead and needs none.',
  },
  TRAINING_NO_GAIN: {
    exitCode: exitCodes.ok,
    title: 'The trained model is no better than the one before',
    explanation:
      'Both models were held against labels, targets and the float model on samples that had no part in the training, not even in when to ' +
      'stop. A gain is what chance does not give, at any output, while no other output loses. Without one the model stays as it was ' +
      'quantized without training.',
  },
  TRAINING_SHARED: {
    exitCode: exitCodes.ok,
    title: 'Some samples to evaluate had a part in the training',
    explanation:
      'A warning. Weights that are fitted to samples do well on those samples, so that the accuracy comes out better than it is on others. ' +
      'Samples are the same where all their values are.',
  },
  TRAINING_TOO_FEW: {
    exitCode: exitCodes.usage,
    title: 'There are too few samples to train on',
    explanation:
      'A quarter of the samples is held back: one half of it says when to stop, the other whether anything was won. Of a handful neither ' +
      'the training nor what is held back means anything.',
  },
});
