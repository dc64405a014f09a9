// A header that is called after the model alone must not stand in the place of one of C.
import { WherryError } from '@wherry/graph';
import { nameDiagnostics } from './diagnostics.js';

/** Headers of C, which a compiler would find in the place of the model's own, or the other way round. */
const headers =
  /^(?:assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|tgmath|threads|time|uchar|wchar|wctype)$/;

/** Of a model whose header is NAME.h. Throws EXPORT_NAME. */
export function requireOwnHeader(name: string): void {
  if (!headers.test(name)) return;
  throw new WherryError(nameDiagnostics.EXPORT_NAME, {
    what: `"${name}" cannot be the name of a compiled model: the header <${name}.h> of C has it`,
    next: `use for example --name model_${name}`,
  });
}
