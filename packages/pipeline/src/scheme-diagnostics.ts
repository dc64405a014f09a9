// What is to be said of the model for the device, whatever its accuracy.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const schemeDiagnostics = defineDiagnostics({
  FLOAT16_OVERFLOW: {
    exitCode: exitCodes.unsupported,
    title: 'A value is too large for float16',
    explanation:
      'The greatest float16 is 65504; what is larger becomes infinity, and everything behind it with it. Constants are looked ' +
      'at one by one, what layers give on the calibration samples. The message names the layer.',
  },
  FLOAT16_UNDERFLOW: {
    exitCode: exitCodes.unsupported,
    title: 'All that a layer gives is too small for float16',
    explanation:
      'Below 2^-14 a float16 has fewer bits the smaller it is, and units that flush such numbers make 0 of them. On the ' +
      'calibration samples the layer gave nothing larger. The message names the layer.',
  },
  FLOAT16_DENORMAL: {
    exitCode: exitCodes.ok,
    title: 'Constants are so small that float16 loses them',
    explanation:
      'A warning. Below 2^-14 a float16 has fewer bits the smaller it is, and units that flush such numbers make 0 of them.',
  },
  VALUES_NOT_FINITE: {
    exitCode: exitCodes.ok,
    title: 'A model gives values that are no numbers',
    explanation:
      'A warning, and of a deployment beside a refusal: an output is infinite or not a number, in the float model, in the model for ' +
      'the device or in both. No such value is near or right, decisions that hang on one count as wrong, and means are left out. ' +
      'What is too large for float16 becomes infinite, and everything behind it with it; where the float model itself gives such ' +
      'values, the sample that is named or the weights are broken.',
  },
  COMPILED_FILE_REFUSED: {
    exitCode: exitCodes.ok,
    title: 'The .tflite beside compiled code does not run on the interpreter of the device',
    explanation:
      'A warning. Compiled code and the .tflite beside it hold the same model. The code has kernels of its own; the kernel table of the ' +
      'interpreter that the profile names has none for a layer of it, so that the file is for other tools only.',
  },
  MODEL_KEEPS_STATE: {
    exitCode: exitCodes.ok,
    title: 'A run of the model goes on from what the run before it left',
    explanation:
      'A warning. LSTM and SVDF operators keep a state that the runtime does not set back by itself, while a Keras model that ' +
      'is not stateful begins each sample with zeros. Every figure of the report, and every known answer, is of a run that ' +
      'begins with zeros. Reset the interpreter before each sequence that does not go on from the one before.',
  },
  SETTING_WITHOUT_EFFECT: {
    exitCode: exitCodes.ok,
    title: 'A setting decided nothing in the scheme that was chosen',
    explanation:
      'A warning. Of the schemes that a run may take some use the setting, and the one that was chosen has nothing that it could ' +
      'decide: nothing is calibrated in float32, for example. The report says why the schemes before it were not taken.',
  },
});
