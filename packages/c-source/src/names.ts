// The names that a model's C files use, all made from its name and its symbol.
import { WherryError } from '@wherry/graph';
import { c, identifier, identifierFault, stringLiteral, type CFragment } from './fragment.js';
import { acceptableName, nameFault, symbolMeets } from './model-name.js';
import { sanitizedName } from './sanitize.js';
import { takenBy } from './taken-names.js';
import { nameDiagnostics } from './diagnostics.js';

export interface ModelNames {
  readonly symbol: CFragment;
  /** A variable, function or type: `g_model` + `len` is `g_model_len`. */
  lower(suffix: string): CFragment;
  /** A macro: `G_MODEL_LEN`. */
  macro(suffix: string): CFragment;
  /** A file in quotes: `_data.h` is `"model_data.h"`. */
  file(ending: string): CFragment;
  /** The macro that places the array in memory; it is the model's own, for each may lie elsewhere. */
  readonly attributes: CFragment;
}

/** Longest suffix that a name is made with, with room for an input's number. */
const suffixRoom = 28;

/** Throws EXPORT_NAME and EXPORT_SYMBOL, with an acceptable one for the fix. */
export function modelNames({ name, symbol }: { readonly name: string; readonly symbol: string }): ModelNames {
  const wrong = nameFault(name);
  if (wrong !== null) {
    throw new WherryError(nameDiagnostics.EXPORT_NAME, {
      what: `"${name.slice(0, 100)}" cannot be the name of a model: ${wrong}`,
      next: `use for example --name ${acceptableName(name)}`,
    });
  }
  const fault =
    identifierFault(symbol) ??
    (symbol.length + suffixRoom > 63 ? `it has ${symbol.length} characters, more than ${63 - suffixRoom}` : null) ??
    (symbol.endsWith('_') ? 'a name made from it would have two underscores in a row' : null) ??
    takenBy(symbol) ??
    symbolMeets(symbol);
  if (fault !== null) {
    throw new WherryError(nameDiagnostics.EXPORT_SYMBOL, {
      what: `"${symbol.slice(0, 100)}" cannot be the symbol of a model: ${fault}`,
      next: `use for example --symbol ${acceptable(symbol)}`,
    });
  }
  return {
    symbol: identifier(symbol),
    lower: (suffix) => identifier(`${symbol}_${suffix}`),
    macro: (suffix) => identifier(`${symbol}_${suffix}`.toUpperCase()),
    file: (ending) => stringLiteral(`${name}${ending}`),
    attributes: identifier(`${name}_data_attributes`.toUpperCase()),
  };
}

function acceptable(symbol: string): string {
  const plain = sanitizedName(symbol.toLowerCase(), 'g_model', 63 - suffixRoom - 2);
  const own = takenBy(plain) !== null ? `g_${plain}` : plain;
  return symbolMeets(own) !== null ? `${own.slice(0, 63 - suffixRoom - 2)}_2` : own;
}

/** Wraps a header's body in its include guard. `file`: `DATA` for model_data.h. */
export function guarded(names: ModelNames, file: string, body: CFragment): CFragment {
  const guard = names.macro(`${file}_H`);
  return c`#ifndef ${guard}
#define ${guard}

${body}

#endif /* include guard */
`;
}
