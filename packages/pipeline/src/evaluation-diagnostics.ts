// What is refused, and what is said, of tasks that are declared and of outputs that are evaluated.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const evaluationDiagnostics = defineDiagnostics({
  TASK_IMPOSSIBLE: {
    exitCode: exitCodes.usage,
    title: 'An output cannot have the task that is declared for it',
    explanation:
      'With --task an output is judged by what you say it is: classes (the greatest of a row), binary (one value), multi-label ' +
      '(sigmoids, each a yes or a no), values (as they are, and against targets), reconstruction (the values of an input again) ' +
      'or embedding (a vector of which the direction counts). The message says what the output lacks for it. Of several outputs ' +
      'each is declared by its name: --task OUTPUT=NAME.',
  },
  EVALUATION_NOTHING: {
    exitCode: exitCodes.usage,
    title: 'There is nothing to hold the outputs of the model against',
    explanation:
      '`deploy evaluate` holds a model against the labels of the samples, against another model (--against), or outputs that ' +
      'were recorded elsewhere against the model (--outputs). An autoencoder is held against its own inputs.',
  },
  EVALUATION_ENDS: {
    exitCode: exitCodes.usage,
    title: 'The two models do not take or give the same things',
    explanation:
      'Both run on the same samples, so that every input needs one of the same shape in the other model, and at least one ' +
      'output one of as many values. They are matched by name, and else by shape in their order.',
  },
  EVALUATION_PAIRING: {
    exitCode: exitCodes.ok,
    title: 'Inputs or outputs of two models were matched by their order',
    explanation:
      'A warning. Their names differ between the two models and several have the same shape, so that only their order says ' +
      'which belong together. Figures far off may come of a wrong pair.',
  },
  OUTPUTS_MISFIT: {
    exitCode: exitCodes.usage,
    title: 'The recorded outputs do not go with the model or the samples',
    explanation:
      'A file of --outputs has one row for each sample that is evaluated, in their order, and in each row the values of one ' +
      'output. Integers are read with the scale of that output of MODEL, which has to be the file that the device ran; real ' +
      'numbers are taken as they are.',
  },
});
