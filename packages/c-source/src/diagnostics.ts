// The refusals of names.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const nameDiagnostics = defineDiagnostics({
  EXPORT_SYMBOL: {
    exitCode: exitCodes.usage,
    title: 'The symbol cannot be a name in C and C++',
    explanation:
      'A symbol is letters, digits and underscores, does not start with a digit or an underscore, has no two underscores in a ' +
      'row, and leaves room for the endings of the names made from it. It is no keyword of C or C++ and no name that their ' +
      'headers, TensorFlow Lite Micro or the exported files have for something else: the firmware would not compile.',
  },
  EXPORT_NAME: {
    exitCode: exitCodes.usage,
    title: 'The model cannot be called so in the firmware',
    explanation:
      'The name given with --name stands in front of every file, and with g_ before it in front of every macro, function and ' +
      'object, so that several models can be in one firmware. It is small letters, digits and underscores, at most 33, begins ' +
      'with a letter, is no word of C or C++ and no file that Windows refuses, and does not end in what the files of another ' +
      'model put behind its name, such as _len or _selftest.',
  },
});
