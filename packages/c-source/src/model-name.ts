// What a model may be called, so that its files and names are those of no other model and compile and link on any machine.
import { identifierFault } from './fragment.js';
import { sanitizedName } from './sanitize.js';

/** With the `g_` in front and the longest ending behind, a name has the 63 characters that every compiler tells apart. */
const longest = 33;

/**
 * What follows the name of a model in names of the exported files, where the names made from a model called so would meet
 * them: `g_x_len` is the length of the model x and would be the array of a model x_len.
 */
const endings =
  /_(?:len|op_resolver|register_ops|selftest(?:_t|_tflm|_run|_(?:in|out)put_\d+)?|run|reset|use_arena|(?:in|out)put_\d+(?:_t)?|(?:de)?quantize_(?:in|out)put_\d+(?:_n)?|calibration|profile)$/;

/** Windows has no file of such a name, whatever follows the point. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Null where a model may be called so, otherwise what is wrong with it. */
export function nameFault(name: string): string | null {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    return /^[A-Za-z][A-Za-z0-9_]*$/.test(name)
      ? 'it has capitals: models whose names differ in these alone would share macros, and on some disks files'
      : 'a name is small letters, digits and underscores, and begins with a letter';
  }
  if (name.length > longest) return `it has ${name.length} characters, more than ${longest}`;
  if (name.endsWith('_')) return 'names made from it would have two underscores in a row';
  if (devices.test(name)) return 'Windows keeps that name for a device';
  const fault = identifierFault(name);
  if (fault !== null) return fault;
  const [ending] = endings.exec(name) ?? [];
  return ending === undefined
    ? null
    : `the files of a model "${name.slice(0, -ending.length)}" have names that begin so, and the two could not be in one firmware`;
}

/** Null where no other model's names meet those made from a symbol, otherwise what is wrong with it. */
export function symbolMeets(symbol: string): string | null {
  if (symbol !== symbol.toLowerCase())
    return 'it has capitals: models whose symbols differ in these alone would share macros';
  const [ending] = endings.exec(symbol) ?? [];
  return ending === undefined
    ? null
    : `names made from the symbol "${symbol.slice(0, -ending.length)}" begin so, and the two could not be in one firmware`;
}

/** The nearest acceptable name. */
export function acceptableName(name: string): string {
  const plain = sanitizedName(name.toLowerCase(), 'model', longest);
  if (nameFault(plain) === null) return plain;
  return [`model_${plain}`.slice(0, longest), `${plain.slice(0, longest - 2)}_2`, 'model'].find(
    (candidate) => nameFault(candidate) === null,
  )!;
}
