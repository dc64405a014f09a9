// The refusals and warnings of quantization.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const quantizerDiagnostics = defineDiagnostics({
  QUANT_NO_SAMPLES: {
    exitCode: exitCodes.usage,
    title: 'The calibration data holds no sample',
    explanation:
      'Activation ranges are measured on real samples; without one there is nothing to derive a scale from. Give data that ' +
      'looks like what the device will see, some dozens of samples at least.',
  },
  QUANT_NOT_FINITE: {
    exitCode: exitCodes.usage,
    title: 'A layer gave NaN or infinity on a calibration sample',
    explanation:
      'A range that contains NaN or infinity has no scale. Either the sample itself is broken, or it is so far outside of what ' +
      'the model was trained on that a layer overflows, or the model carries broken weights.',
  },
  QUANT_CONSTANT_LAYER: {
    exitCode: exitCodes.ok,
    title: 'A layer gives the same values for every calibration sample',
    explanation:
      'A warning. The samples differ, and so does what the layer reads, but nothing of it comes through: all that follows is ' +
      'the same for every sample as well, and the int8 model agrees with the float one without being of any use. Either the ' +
      'inputs are not those of training, such as bytes that training divided by 255, so that scores saturate; or the weights ' +
      'are dead (every unit below the bend of its RELU), or the samples are all alike in what the layer looks for, or the float ' +
      'engine of this tool computes the layer wrongly, which is a bug to be reported: `--engine reference` computes it plainly.',
  },
  QUANT_NO_KERNEL: {
    exitCode: exitCodes.unsupported,
    title: 'An operator cannot be computed in the numbers of the scheme',
    explanation:
      'Every operator that touches activations must have a kernel for the numbers of the scheme; full int8 leaves no float ' +
      'island. The named layer has none.',
  },
  QUANT_SCHEME_WITHOUT_EFFECT: {
    exitCode: exitCodes.unsupported,
    title: 'The scheme would change nothing of this model',
    explanation:
      'A layer that the runtime or this tool cannot compute in a scheme is computed in the one that takes over (int16x8 and ' +
      'int4: int8; dynamic-range: float32), and constants that are too small to be worth it stay as they are. Where that is so for all of ' +
      'them, the result would be another scheme under this name.',
  },
  QUANT_WEIGHTS_NOT_CONSTANT: {
    exitCode: exitCodes.unsupported,
    title: 'Weights are computed while the model runs',
    explanation:
      'Per-axis int8 weights are chosen from their values, so they must be constants once constant folding is done. Weights ' +
      'that are the result of other layers cannot be quantized that way.',
  },
  QUANT_SCALE_RANGE: {
    exitCode: exitCodes.modelRejected,
    title: 'Weights are so large beside what the layer gives that no runtime can scale one to the other',
    explanation:
      'Integer kernels multiply sums of products by input scale * weight scale / output scale, as a fraction of 31 bits and a ' +
      'shift to the left of at most 30. Trained weights stay far below that. Where one channel does not, its outputs were cut ' +
      'off for every sample, and runtimes would differ in what they make of it.',
  },
  QUANT_PLAN_INVALID: {
    exitCode: exitCodes.bug,
    title: 'The quantized graph breaks the quantization specification',
    explanation:
      'A second, naive reading of the specification judges every graph that quantization gives. If it disagrees, nothing is ' +
      'written. This is a bug of this tool: report it with the model or its `deploy inspect` output.',
  },
  QUANT_ALREADY_QUANTIZED: {
    exitCode: exitCodes.modelRejected,
    title: 'The model is already quantized',
    explanation:
      'Quantizing starts from float weights and float activations. A model that has been through a quantizer has lost the ' +
      'information that calibration needs. Use the float model that it was made from.',
  },
});
