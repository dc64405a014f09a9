// The refusals and warnings of calibration and evaluation data.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

const usage = exitCodes.usage;

export const dataDiagnostics = defineDiagnostics({
  DATA_NONE_GIVEN: {
    exitCode: usage,
    title: 'Quantization needs calibration data and none was given',
    explanation:
      'The ranges of activations are measured by running the float model on representative samples. Random numbers would ' +
      'give ranges that look valid and are wrong, so none are ever made up. Give 100 or more samples that look like what ' +
      'the device will see, as [FORMAT:]PATH.',
  },
  DATA_NOT_FOUND: {
    exitCode: usage,
    title: 'The data path does not exist',
    explanation:
      'The path is taken relative to the current folder. A prefix counts as a format only when it names one.',
  },
  DATA_UNREADABLE: {
    exitCode: exitCodes.environment,
    title: 'The data cannot be read',
    explanation:
      'Only regular files and folders are read: no devices, pipes or sockets, nothing without read permission.',
  },
  DATA_FORMAT_UNKNOWN: {
    exitCode: usage,
    title: 'The format of the data cannot be told',
    explanation:
      'The first bytes are looked at first, the file name second. When neither tells, name the format: FORMAT:PATH.',
  },
  DATA_FORMAT_AMBIGUOUS: {
    exitCode: usage,
    title: 'The data could be of several formats',
    explanation:
      'Guessing wrong would calibrate on noise, so the candidates are named and the choice is yours: FORMAT:PATH.',
  },
  DATA_OPTION: {
    exitCode: usage,
    title: 'An option of the data source is unknown, missing or has an impossible value',
    explanation:
      'Options follow the path: PATH?key=value&key=value, each key once. A path that itself ends in something like ?a=b is ' +
      'written with one more question mark at its end.',
  },
  DATA_PREPROCESSING: {
    exitCode: usage,
    title: 'The declared preprocessing has no meaning',
    explanation:
      'Preprocessing is applied in one fixed order: layout, channels, resize, divideBy, scale and offset, mean and std. ' +
      'Without it the values reach the model as they stand in the file.',
  },
  DATA_MALFORMED: {
    exitCode: usage,
    title: 'The data file breaks the rules of its format',
    explanation: 'Headers, sizes and checksums are checked before anything is allocated or used. Write the file again.',
  },
  DATA_TRUNCATED: {
    exitCode: usage,
    title: 'The data file is shorter or longer than it says',
    explanation:
      'The header, or the declared shape and type, gives another size than the file has: a broken copy or a wrong declaration.',
  },
  DATA_TYPE_UNSUPPORTED: {
    exitCode: usage,
    title: 'The data is of a kind that is not read',
    explanation: 'Plain numbers are read: no pickled objects, no structured or complex types, no compressed audio.',
  },
  DATA_TOO_LARGE: {
    exitCode: usage,
    title: 'One piece of the data is over the size limit',
    explanation:
      'The number of samples is not limited; the size of one sample, image, text cell, header or listing is.',
  },
  DATA_EXPANDS_TOO_MUCH: {
    exitCode: usage,
    title: 'The compressed data expands beyond any plausible size',
    explanation:
      'Compressed data is inflated as a stream and stopped when it grows past what it declares or past 200 times its size.',
  },
  DATA_CELL: {
    exitCode: usage,
    title: 'A cell of the table is not a number',
    explanation:
      'The message names line and column. Choose the numeric columns with ?columns=, the label with ?label=.',
  },
  DATA_SHAPE: {
    exitCode: usage,
    title: 'The samples do not have the shape of the model input',
    explanation:
      'A sample fits when its dimensions equal those of the input, ones apart, or when one of the two is flat.',
  },
  DATA_LAYOUT: {
    exitCode: usage,
    title: 'The samples look channels-first and the model input is channels-last',
    explanation: 'Planes are never silently transposed: declare preprocessing layout=chw to have it done.',
  },
  DATA_LABELS: {
    exitCode: usage,
    title: 'The labels do not go with the samples',
    explanation: 'There must be one label per sample, in the same order, a whole number or a class name.',
  },
  DATA_EMPTY: {
    exitCode: usage,
    title: 'The data holds no sample',
    explanation: 'The file or folder is empty, holds nothing that is read, or the offset lies behind its end.',
  },
  DATA_NOT_FINITE: {
    exitCode: usage,
    title: 'A sample contains NaN or infinity',
    explanation: 'One such value makes every range behind it meaningless. Repair or remove the sample.',
  },
  DATA_OUTSIDE_FOLDER: {
    exitCode: usage,
    title: 'A path leads out of the data folder',
    explanation: 'Links and index files may name only what lies in the folder that was given.',
  },
  DATA_FILES_IGNORED: {
    exitCode: exitCodes.ok,
    title: 'Some files of the folder were left out',
    explanation: 'Only PNG, JPEG, BMP and WAV files are samples; links that leave the folder are not followed.',
  },
  DATA_LABELS_UNUSED: {
    exitCode: exitCodes.ok,
    title: 'Labels seem to be there and are not used',
    explanation: 'Calibration needs no labels, accuracy does. Name the column with ?labelColumn=.',
  },
  DATA_FEW_SAMPLES: {
    exitCode: exitCodes.ok,
    title: 'Few samples',
    explanation:
      'With fewer than 32 samples the measured ranges depend on which ones they happen to be; 100 to 500 are usual.',
  },
  DATA_CONSTANT_SAMPLES: {
    exitCode: exitCodes.ok,
    title: 'Some samples hold a single value',
    explanation:
      'A black picture or silence says little about ranges. Harmless when it is part of the task, a sign of a wrong layout otherwise.',
  },
  DATA_DUPLICATE_SAMPLES: {
    exitCode: exitCodes.ok,
    title: 'Some samples occur more than once',
    explanation: 'Duplicates add time and no information, and they make an accuracy look more certain than it is.',
  },
  DATA_ONE_LABEL: {
    exitCode: exitCodes.ok,
    title: 'All samples have the same label',
    explanation:
      'A file sorted by class and a limit give a single class. Give a seed to choose samples from the whole file.',
  },
  DATA_FRACTIONAL: {
    exitCode: exitCodes.ok,
    title: 'Fractions are given to an input of whole numbers',
    explanation: 'The model reads indices or counts. Check the preprocessing: a scale does not belong here.',
  },
});
