// Which operator an OperatorCode means. Two fields say it: files older than builtin 127 have only the small one.
import { builtinOperators } from './schema/builtin-operators.js';
import type { BuiltinOperator } from './schema/table-types.js';

/** What stands in `deprecated_builtin_code` for operators that an 8-bit field cannot name. */
const placeholder = builtinOperators.indexOf('PLACEHOLDER_FOR_GREATER_OP_CODES');

/** The greater of the two fields, as TFLite's GetBuiltinCode; undefined for a code that the schema does not have. */
export function resolveBuiltin(code: BuiltinOperator, deprecatedCode: number): BuiltinOperator | undefined {
  return builtinOperators[Math.max(builtinOperators.indexOf(code), deprecatedCode)];
}

/** The value of `deprecated_builtin_code` that goes with an operator. */
export function deprecatedCodeOf(code: BuiltinOperator): number {
  return Math.min(builtinOperators.indexOf(code), placeholder);
}
