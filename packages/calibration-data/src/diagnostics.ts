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
  DATA_CHANGED: {
    exitCode: usage,
    title: 'The data changed during the run',
    explanation:
      'Samples are read more than once: to find ranges, and to compare the two models. A file had another size or time of ' +
      'writing the second time, so that the figures would be of two different data sets. Something else is writing there.',
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
  DATA_MIXED_ENCODINGS: {
    exitCode: usage,
    title: 'Recordings of different encodings are mixed',
    explanation:
      'Stored values of 8, 16, 24 and 32 bits and of floats mean different loudness: one scale for all would leave the quieter ' +
      'ones as silence. values=unit divides each by the greatest value of its encoding, values=int16 brings that to 32768.',
  },
  DATA_HEADER_UNCLEAR: {
    exitCode: exitCodes.ok,
    title: 'The first row of the table could be a header',
    explanation:
      'It counts 0, 1, 2 ... or 1, 2, 3 ..., as tools name columns that have no names, and the rows below could be of the same ' +
      'kind. Taken as a sample a header widens the range of the input.',
  },
  DATA_COLUMN_LEFT_OUT: {
    exitCode: exitCodes.ok,
    title: 'A column that counts the rows is left out',
    explanation:
      'The table has one column more than the model takes, and its first one is 0, 1, 2 ... or 1, 2, 3 ...: the index that ' +
      'tools such as pandas write.',
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
    explanation:
      'There must be one label (or one row of targets) per sample, in the same order: a number or a class name.',
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
    title: 'Some entries of the folder or archive were left out',
    explanation:
      'Only PNG, JPEG, BMP and WAV files are samples; links that leave the folder are not followed. Names that begin with a ' +
      'dot, __MACOSX, Thumbs.db and the like are left by systems and tools, and are neither samples nor classes.',
  },
  DATA_SPLIT_FOLDERS: {
    exitCode: usage,
    title: 'The folder holds the parts of a data set, not its classes',
    explanation:
      'train, val and test above the class folders would become classes of their own. Give one of them as calibration and, ' +
      'best, another as evaluation.',
  },
  DATA_CLASS_NAMES: {
    exitCode: exitCodes.ok,
    title: 'The class names of the data are not those of --labels',
    explanation:
      'Names of folders and words of a label column are matched with --labels, which stands in the order of the outputs of the ' +
      'model. Where the names differ, nothing says which class of the data is which output.',
  },
  DATA_LABELS_UNUSED: {
    exitCode: exitCodes.ok,
    title: 'Labels seem to be there and are not used',
    explanation: 'Calibration needs no labels, accuracy does. The message says what keeps them from being used.',
  },
  DATA_FEW_SAMPLES: {
    exitCode: exitCodes.ok,
    title: 'Few samples',
    explanation:
      'With fewer than 32 samples the measured ranges depend on which ones they happen to be; 100 to 500 are usual.',
  },
  DATA_CONSTANT_SAMPLES: {
    exitCode: usage,
    title: 'Samples hold a single value',
    explanation:
      'A black picture or silence says little about ranges: a warning where some samples are like that, harmless when it is ' +
      'part of the task and a sign of a wrong layout otherwise. Where all values of all samples are the same, as in an array ' +
      'that was never filled, there is nothing to choose scales by and the run ends.',
  },
  DATA_DUPLICATE_SAMPLES: {
    exitCode: exitCodes.ok,
    title: 'Some samples occur more than once',
    explanation: 'Duplicates add time and no information, and they make an accuracy look more certain than it is.',
  },
  DATA_NEAR_DUPLICATES: {
    exitCode: exitCodes.ok,
    title: 'Many samples are nearly the same as others',
    explanation:
      'One picture encoded twice, a recording at two loudnesses, or a still camera: such samples stand far nearer to each other ' +
      'than to any third. They tell nothing new of ranges, and when one of them calibrates and the other judges, accuracy looks ' +
      'better than it is. The first 1,024 samples are compared, where a sample has 64 values or more; neighbouring frames of a ' +
      'film, of which each is as near to the next, are not counted.',
  },
  DATA_NOISE: {
    exitCode: exitCodes.ok,
    title: 'Samples look like random numbers',
    explanation:
      'In pictures, spectra, recordings and tables neighbouring values go together, places differ, or whole samples do. Where ' +
      'nothing of it is seen, samples were made by a random generator, or bytes are read with the wrong type. Ranges that random ' +
      'numbers make are not those of data.',
  },
  DATA_ONE_LABEL: {
    exitCode: exitCodes.ok,
    title: 'All samples have the same label',
    explanation:
      'The others are not in the data, or so rare that none was among those that were taken, which are spread evenly over it.',
  },
  DATA_MIXED_SCALES: {
    exitCode: exitCodes.ok,
    title: 'The samples have two scales',
    explanation:
      'Some samples reach 64 times as far as the rest, with nothing between, as when some pictures are divided by 255 and some ' +
      'are not, or recordings of 24 and 16 bits are mixed. One scale for all makes the small ones 0. Few that are loud are told, ' +
      'two and more from a factor of 16 on; few that are quiet only where a usual factor, as 255, makes them like the others, since ' +
      'dark pictures and silences belong to many sets.',
  },
  DATA_FRACTIONAL: {
    exitCode: exitCodes.ok,
    title: 'Fractions are given to an input of whole numbers',
    explanation: 'The model reads indices or counts. Check the preprocessing: a scale does not belong here.',
  },
});
