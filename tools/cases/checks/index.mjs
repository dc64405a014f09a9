// One check per case, by the name of its folder: a folder without a line here is reported as not checked.
import * as classes from './classes.mjs';
import * as data from './data-files.mjs';
import { featuresOfDifferentSize } from './features-of-different-size.mjs';
import { kerasOutputs } from './keras-outputs.mjs';
import { autoAgainstFixedMethods } from './methods.mjs';
import * as models from './model-files.mjs';
import * as readme from './readme-cases.mjs';

const like30dB = kerasOutputs({ least: 30, data: 'cal.npz' });

export const checks = {
  '01-slash-layer-names': like30dB,
  '02-frozen-part-swaps-weights': like30dB,
  '03-frozen-part-other-width': like30dB,
  '04-normalization-axis-none': kerasOutputs({ least: 20, data: 'cal.npz' }),
  '05-activation-is-a-layer-object': like30dB,
  '06-auto-worse-than-min-max-sine': autoAgainstFixedMethods,
  '07-auto-worse-product-regression': autoAgainstFixedMethods,
  '08-fixed-batch-size': kerasOutputs({ least: 30, data: 'cal.npz', or: [/\b50\b/, /batch_size/, /None|\b1\b/] }),
  '09-labels-outside-the-classes': classes.labelsOutsideTheClasses,
  '10-hidden-folder-becomes-a-class': classes.classFolders(/\.ipynb_checkpoints/),
  '11-label-names-contradict-folders': classes.labelNamesAgainstFolders,
  '12-one-sigmoid-output-with-labels': classes.yesNoOutput,
  '13-multi-label-sigmoid-false-alarm': classes.manySigmoids,
  '14-csv-header-of-numbers': data.headerOfNumbers,
  '15-csv-one-row-per-moment': data.rowsAreMoments,
  '16-csv-with-index-column': data.indexColumn,
  '17-stereo-wav-hint': data.stereo,
  '18-apple-double-files': classes.classFolders(/\._|__MACOSX/),
  '19-all-zero-calibration': data.allZero,
  '20-tflite-with-uint8-input': models.integerInput,
  '21-augmentation-layers-of-keras-3': like30dB,
  '22-advice-that-leads-nowhere-lstm': models.lstmAdvice,
  '23-features-of-different-size': featuresOfDifferentSize,
  '24-regression-targets-in-y': data.regressionTargets,
  '25-recordings-of-different-bit-depth': data.bitDepths,
  '26-auto-worse-offset-sensor': autoAgainstFixedMethods,
  '27-train-and-val-folders-above': classes.trainAndValFolders,
  '28-time-and-channels-swapped-hint': data.exchangedDimensions,
  '29-sync-batch-normalization': like30dB,
  '30-keras-3-quantized-layers': models.quantizedByKeras,
  '31-pruning-wrapper': models.pruningWrapper,
  '32-same-padding-stride-over-filter': models.strideOverFilter,
  '33-softmax-of-rank-4-on-esp-nn': models.softmaxOnEsp,
  '34-hostile-memory-plan': models.hostilePlans,
};

/** Cases of the README, with the rule that the table shows. */
export const readmeChecks = {
  'README one-sided calibration': {
    check: readme.oneSidedCalibration,
    rule: 'calibrated with digit 1, judged on all digits: not below a fixed method or TensorFlow by more than 1 dB or 0.5 points',
  },
  'README worse candidate': {
    check: readme.anomalyDetector,
    rule: 'ad01_fp32 on dev24: 41 dB, AUC .922, fewer bytes than TensorFlow',
  },
  'README own model overwritten': { check: readme.ownModelOverwritten, rule: 'the source model is never replaced' },
};
