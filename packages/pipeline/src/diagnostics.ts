// The refusals of the assembly: files in, files out, fit.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const pipelineDiagnostics = defineDiagnostics({
  BUG: {
    exitCode: exitCodes.bug,
    title: 'This is a bug in deploy, not in your model',
    explanation:
      'Something happened that the tool has no words for: whatever a model, data or a disk can cause is meant to have a code of ' +
      'its own. The output folder holds a whole set, the one of before or the new one. Report it with the lines that were ' +
      'printed and, if you may give it away, the model.',
  },
  MODEL_UNREADABLE: {
    exitCode: exitCodes.usage,
    title: 'The model file cannot be read',
    explanation:
      'The path does not lead to a readable file, or the file is larger than any model for a microcontroller could be. ' +
      'A SavedModel is a folder and is not read yet; convert it to a float .tflite or .h5 first.',
  },
  MODEL_DENIED: {
    exitCode: exitCodes.environment,
    title: 'The model file is there, and the system does not let it be read',
    explanation:
      'Permissions of the file or of a folder above it, or a disk that answers with an error. The path itself is right.',
  },
  MODEL_DOES_NOT_FIT: {
    exitCode: exitCodes.doesNotFit,
    title: 'The model does not fit the device',
    explanation:
      'The .tflite lies in flash and the tensor arena in RAM, next to everything else the firmware needs. The profile names ' +
      'both regions and what is reserved in them (`deploy profiles ID`). Nothing is written for a device that cannot hold it. ' +
      'Where the shapes of the layers alone show it, that is said before any data is read, and the figures are the least there ' +
      'can be. The report shows which layers have the most alive at once, and what was found to fit.',
  },
  RUNTIME_WITHOUT_ARENA: {
    exitCode: exitCodes.unsupported,
    title: 'The arena of this runtime cannot be foretold',
    explanation:
      'The arena estimate plays the allocations of TensorFlow Lite Micro through, with the kernels that the profile names. ' +
      'For another runtime there is no such model, and a guess would be worth nothing.',
  },
  ACCURACY_BELOW_LIMIT: {
    exitCode: exitCodes.regression,
    title: 'The quantized model loses more accuracy than the profile allows',
    explanation:
      'The profile limits the loss against the float model in percentage points of accuracy: of the best class, or at the ' +
      'threshold of an output of yes and no. Better calibration data is the first remedy: more samples, of every class, ' +
      'preprocessed as in training. Where the scale of the input is the cause, the message says so and what helps.',
  },
  ACCURACY_NEAR_LIMIT: {
    exitCode: exitCodes.ok,
    title: 'The quantized model loses about as much accuracy as the profile allows',
    explanation:
      'A warning. The loss is above the limit, but no further than the decisions that differ could have made by chance on so ' +
      'few samples. More labelled samples tell which it is.',
  },
  ACCURACY_NOT_MEASURED: {
    exitCode: exitCodes.ok,
    title: 'The accuracy of the model was not measured',
    explanation:
      'A warning. Schemes without integer activations need no samples, so none were asked for; but then nothing says how close ' +
      'the model for the device is to the one that was given. With samples it is compared output by output.',
  },
  PROFILE_SCHEME_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'The quantization scheme that is asked for cannot run on the device',
    explanation:
      'A scheme needs arithmetic: float16 a unit that computes with it, int8 integers. The profile says which there is ' +
      '(`deploy profiles ID`), and a scheme that nothing there computes is refused whoever asks for it.',
  },
  PROFILE_SETTING_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'The profile asks for something that this version does not do',
    explanation:
      'What a profile says is followed or refused, never passed over: a firmware that counts on it would be wrong. The message ' +
      'names the place in the profile as a JSON pointer; it may stand in the file itself or in one that it extends.',
  },
  TARGET_CANNOT_RUN: {
    exitCode: exitCodes.unsupported,
    title: 'The target has no kernel for a layer of the quantized model',
    explanation:
      'Each profile names a runtime and its oldest version; its kernel table says which operators run with which types. ' +
      'The quantized graph is held against it before anything is written.',
  },
  AGREEMENT_LOW: {
    exitCode: exitCodes.ok,
    title: 'The quantized model often decides otherwise than the float model',
    explanation:
      'A warning. Usually the data is not preprocessed as in training, so that ranges are measured on inputs the model never ' +
      'saw; or there are too few samples; or the model is sensitive and wants another calibration method.',
  },
  SCORES_TIED: {
    exitCode: exitCodes.ok,
    title: 'Several classes have the same greatest score',
    explanation:
      'A warning, for independent scores (sigmoids) with one class number for each sample. Scores near 1 are all 1 in float32 or ' +
      'all the greatest int8 value, and then no class is the greatest; such samples are left out of the accuracy. Firmware that ' +
      'takes the first of equals decides by the order of the classes there. Usually the inputs are larger than in training.',
  },
  VALUES_FAR: {
    exitCode: exitCodes.ok,
    title: 'The quantized model gives values far from those of the float model',
    explanation:
      'A warning, for outputs that are not classes: the signal-to-quantization-noise ratio is below 10 dB, so the error is a ' +
      'third of the signal or more. Usually the data is not preprocessed as in training, or the evaluation data is unlike the ' +
      'calibration data; some models lose that much because single channels are far louder than the rest.',
  },
  VALUES_DEAD_PART: {
    exitCode: exitCodes.ok,
    title: 'A part of the values is lost in int8, though the output as a whole is near',
    explanation:
      'A warning, for outputs that are not classes: an int8 output has one scale for all its values. Where some columns are ' +
      'small beside others, such as scores beside coordinates in pixels, they fall on one or a few steps of it, while the ' +
      'signal-to-quantization-noise ratio of the whole, which the large values make, is good. Named are columns that vary and ' +
      'whose own ratio is below 6 dB, or that are one value in int8. Several outputs, or values of one size, keep each part.',
  },
  CALIBRATION_ONE_SIDED: {
    exitCode: exitCodes.ok,
    title: 'The float model sees nearly one class in all calibration samples',
    explanation:
      'A warning. Ranges are made from what the samples do to the network; samples of one class leave the parts idle that the ' +
      'others would use, and those may be clipped on the device. Everything that adapts to samples is held back then.',
  },
  INPUT_STEPS: {
    exitCode: exitCodes.ok,
    title: 'Values of the input are lost between the steps of its scale',
    explanation:
      'A warning. An input has one scale for all its values: beside values in the thousands, values of a few units fall on a ' +
      'handful of steps, and rounding them changes what the model decides. An input of type float32 is rounded alike by the ' +
      'first operator. Normalize each value in front of the model, in the data (--preprocess mean=, std=) and in the firmware.',
  },
  LABELS_DO_NOT_FIT: {
    exitCode: exitCodes.ok,
    title: 'The labels of the data are not those of the model',
    explanation:
      'A warning: no accuracy is computed from them. Labels are class numbers from 0 in the order of the outputs, 0 and 1 for an ' +
      'output of one value, rows of 0 and 1 for independent outputs, or targets for the values of a regression.',
  },
  LABELS_ORDER: {
    exitCode: exitCodes.usage,
    title: 'The names given with --labels are in another order than the outputs of the model',
    explanation:
      'Class names of the data are matched with --labels, and the float model gives most samples of a class to another output. ' +
      'The firmware would show the wrong word, so nothing is written.',
  },
  FLOAT_MODEL_WRONG: {
    exitCode: exitCodes.ok,
    title: 'The float model does not do what the labels say',
    explanation:
      'A warning about data, not about quantization: the model as it was trained is wrong on these samples. Either the labels ' +
      'are numbered otherwise than in training, or the data is preprocessed otherwise. Figures of int8 mean nothing until it is right.',
  },
  EVALUATION_RANGE: {
    exitCode: exitCodes.ok,
    title: 'Evaluation data and calibration data have different ranges',
    explanation:
      'A warning. The scale of the input is chosen for the calibration data; values far outside of it are cut off, and values in ' +
      'a small part of it are rounded coarsely. Usually one of the two is divided by 255 and the other is not. What the float model ' +
      'makes of labelled evaluation samples says which; it is to be changed where it is stored, as declared preprocessing acts on ' +
      'both. A scheme that loses too much by such data is refused: more precision would hide that scales were chosen by other values.',
  },
  ACCURACY_ON_CALIBRATION_DATA: {
    exitCode: exitCodes.ok,
    title: 'Accuracy was measured on the calibration data',
    explanation:
      'A warning. Ranges fit the samples they were measured on; other samples show what the model really does.',
  },
  OUTPUT_NOT_OURS: {
    exitCode: exitCodes.usage,
    title: "The output folder holds what is not this tool's to replace",
    explanation:
      'The output is written as a whole folder that takes the place of the one before it. That is done only where a report.json ' +
      'of this tool lists every file in the folder and each is as it was written; a folder with any other file, or with one ' +
      'that was changed, is left alone, so that nobody loses work.',
  },
  REPORT_NOT_OURS: {
    exitCode: exitCodes.usage,
    title: 'A report would take the place of something else',
    explanation:
      'With --report a run writes one HTML page, with --junit and --markdown a test its result. It takes the place of one that this ' +
      'tool wrote before, and of nothing else; and it may not lie in the output folder or the dump, whose files are listed and replaced as a whole.',
  },
  OUTPUT_HOLDS_INPUT: {
    exitCode: exitCodes.usage,
    title: 'The output folder holds what the run reads, or lies in it',
    explanation:
      'The output folder is replaced as a whole, so that no model, data or settings that the run reads may stand in it; and it ' +
      'may not lie among the samples, where the next run would take it for data. Give the output a folder of its own.',
  },
  OUTPUT_BUSY: {
    exitCode: exitCodes.environment,
    title: 'Another run is writing to the same folder',
    explanation:
      'Runs take turns in putting their output in place, and the last one wins whole; each turn takes far less than a second. ' +
      'A lock beside the output folder says whose turn it is. One that a killed run left is taken over by the next run.',
  },
  OUTPUT_FAILED: {
    exitCode: exitCodes.environment,
    title: 'The output could not be written',
    explanation:
      'Files are written to a fresh folder beside the output, flushed, and renamed into place; when that fails, what stood ' +
      'there before is still there, whole.',
  },
  LABELS_COUNT: {
    exitCode: exitCodes.usage,
    title: 'The number of labels is not that of the classes',
    explanation:
      'Labels name the values of the first output in order, so there must be as many as its last dimension has; for a single ' +
      'value they name no and yes. Names are separated by commas.',
  },
  ARGUMENTS_INVALID: {
    exitCode: exitCodes.usage,
    title: 'The command line cannot be understood',
    explanation:
      'An option or command has a name that does not exist, lacks its value, or has a value it does not take. `deploy --help` and ' +
      '`deploy COMMAND --help` list what there is. A model whose name is that of a command is given as ./NAME.',
  },
  STDOUT_FAILED: {
    exitCode: exitCodes.environment,
    title: 'The answer could not be written to the standard output',
    explanation:
      'The device or file behind it refused to take it, for example because it is full; or the program that was to read the ' +
      'document of --json stopped early. For a reader of text (`| head`) that is no error. An output folder that the message ' +
      'names was written, whole, and its report.json says the same as the document.',
  },
  INTERRUPTED: {
    exitCode: exitCodes.interrupted,
    title: 'The run was stopped from outside',
    explanation:
      'Ctrl-C or another request to stop came. Folders are written last and each as a whole, the dump before the output; the ' +
      'message says which of them were. All others hold what they held before.',
  },
  REQUEST_INCOMPLETE: {
    exitCode: exitCodes.usage,
    title: 'Something that only you can decide is missing',
    explanation:
      'A run needs a model, a device profile, calibration data and a folder to write to. Nothing of that is guessed.',
  },
  SETTING_UNUSED: {
    exitCode: exitCodes.usage,
    title: 'A setting is given that would decide nothing',
    explanation:
      'What is given and has no effect beside the other settings, or with this model, is refused: whoever gave it expects ' +
      'something of it. Leave it away, or give what it needs.',
  },
  DIFF_NOT_TFLITE: {
    exitCode: exitCodes.usage,
    title: 'What is to be compared is no .tflite file',
    explanation:
      '`deploy diff` compares what runs on a device: .tflite files, or output folders of this tool with such a file in them. ' +
      'Models of other formats are compared by deploying both and comparing the outputs.',
  },
  DIFF_FOLDER: {
    exitCode: exitCodes.usage,
    title: 'The folder is no output folder of this tool',
    explanation:
      '`deploy diff` takes folders that `deploy --out` wrote: with a report.json and one .tflite that the report lists.',
  },
  CODE_UNKNOWN: {
    exitCode: exitCodes.usage,
    title: 'There is no such error code',
    explanation: 'Codes are printed at the head of an error, in capitals, with the part of the tool first.',
  },
});
