// What is to be said of a model that was quantized before it was given.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const asItIsDiagnostics = defineDiagnostics({
  MODEL_WRONG: {
    exitCode: exitCodes.ok,
    title: 'The model does not do what the labels say',
    explanation:
      'A warning, for a model that is judged as it was given: it is wrong on these samples. Either the labels are numbered ' +
      'otherwise than in training, or the data is preprocessed otherwise, or it was quantized badly; only the float model that ' +
      'it was made from tells the last.',
  },
  INPUT_RANGE: {
    exitCode: exitCodes.ok,
    title: 'The data does not go with the scale that the input of the model has',
    explanation:
      'A warning, for a model that was quantized before it was given: the scale of its input says which real values it takes. ' +
      'Values beyond are cut off, values in a small part of it are rounded coarsely. Usually the data is divided by 255 or ' +
      'normalized otherwise than the data that the model was calibrated with.',
  },
});
