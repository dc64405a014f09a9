// What is told of samples that scales are chosen by: none of it ends a run.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const dataQualityDiagnostics = defineDiagnostics({
  CALIBRATION_CLASSES: {
    exitCode: exitCodes.ok,
    title: 'Some classes are not among the calibration samples',
    explanation:
      'A warning, where there are eight samples or more for each class on average. Ranges are made from what the samples do to the ' +
      'network; a class that is missing drives some channels further than all others do, its own score first. Labels say of which ' +
      'class a sample is; without labels the answers of the float model do.',
  },
  CALIBRATION_CLASS_ALONE: {
    exitCode: exitCodes.ok,
    title: 'A scale hangs on a class of which there are few samples',
    explanation:
      'A warning. Without the samples of this class the range would be half as wide or less, and there are fewer than 16 of them: the ' +
      'ranges of all other classes do not cover it, and its own samples are too few to say how far it reaches.',
  },
  EVALUATION_SATURATES: {
    exitCode: exitCodes.ok,
    title: 'Layers are cut off on evaluation samples that were not on calibration samples',
    explanation:
      'A warning. Values beyond what calibration samples reached become the greatest integer of the scale. It is counted how often ' +
      'that stands between layers, on samples that scales were chosen by and on those to evaluate; ends that the float model has ' +
      'too, as 0 behind RELU and 6 behind RELU6, are left out. Told is a share of 2 %, more of few ' +
      'values, that is four times that on calibration samples: there the model computes with other values than the float model does.',
  },
  CALIBRATION_UNSTEADY: {
    exitCode: exitCodes.ok,
    title: 'Other calibration samples would have given other scales',
    explanation:
      'A warning. The samples are parted into two halves, in stretches that lie spread over the data, and each half says what ' +
      'scales it alone would have given. Told is a scale that one half makes twice as large as the other, or that cuts off a ' +
      'twentieth of the values of the other half: then chance decides what the device will cut off. It comes from few samples, ' +
      'from a single one that reaches far beyond the rest, or from parts of the data that are unlike. The message says which of it ' +
      'was measured; after a change the report says again how far the halves are apart.',
  },
});
