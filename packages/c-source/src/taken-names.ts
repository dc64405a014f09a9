// Names that something else has already where the exported files are compiled and linked.
import { libraryMacros, macroFamily } from './library-macros.js';
import { libraryNames } from './library-names.js';

/** Parameters and variables in the exported headers: compilers warn of what hides a name outside. */
const ownWords = new Set([
  'count',
  'i',
  'interpreter',
  'resolver',
  'rest',
  'rounded',
  'scaled',
  'stored',
  'tested',
  'value',
  'values',
]);

/** Null where a global array may have the name, otherwise who has it. */
export function takenBy(name: string): string | null {
  if (libraryNames.has(name)) return 'a header of C, of TensorFlow Lite Micro or of the firmware declares that name';
  if (libraryMacros.has(name) || macroFamily.test(name)) return 'a header of C defines a macro of that name';
  if (/^k?TfLite|^TF_?LITE_/.test(name)) return 'TensorFlow Lite Micro keeps names that begin like this';
  return ownWords.has(name) ? 'the exported files use that name within their functions' : null;
}
