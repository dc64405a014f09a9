// One operator against the rule of its kind.
import { positionOf } from '../decode/decode-table.js';
import { tfliteDiagnostics } from '../diagnostics.js';
import { refuse } from '../refuse.js';
import { optionsOfOperators } from '../schema/options-of-operators.js';
import type { Operator, SubGraph, TfliteModel } from '../schema/table-types.js';
import { customOptionsFault } from './custom-options.js';
import { operandsOf } from './operands.js';
import { operatorRules, type OperatorRule } from './operator-rules.js';

/** References must have been verified. */
export function verifyOperator(model: TfliteModel, subgraph: SubGraph, operator: Operator, path: string): void {
  const kind = model.operator_codes?.[operator.opcode_index]?.builtin_code;
  if (kind === undefined) return;
  const fault = (at: string, what: string): never =>
    refuse(tfliteDiagnostics.TFLITE_OPERATOR, `${kind}: ${what}`, `${path}.${at}`, positionOf(operator));
  const options = operator.builtin_options?.type;
  const expected = optionsOfOperators[kind];
  if (options !== undefined && expected !== undefined && options !== expected) {
    fault('builtin_options', `the options are ${options}, not ${expected}`);
  }
  const custom = customOptionsFault(model, subgraph, operator);
  if (custom !== undefined) fault('custom_options', custom);
  const rule = operatorRules[kind];
  if (rule === undefined) return;
  verifyCounts(operator, rule, fault);
  const operands = operandsOf(model, subgraph, operator);
  for (const check of rule.checks) {
    const found = check(operands);
    if (found !== undefined) fault(found.at, found.what);
  }
}

function verifyCounts(operator: Operator, rule: OperatorRule, fault: (at: string, what: string) => never): void {
  for (const side of ['inputs', 'outputs'] as const) {
    const count = operator[side]?.length ?? 0;
    const [least, most] = rule[side];
    if (count < least || count > most) {
      fault(side, `${count} ${side} instead of ${least === most ? least : `${least} to ${most}`}`);
    }
  }
  const missing = operator.inputs?.findIndex(
    (tensor, i) => tensor < 0 && i < rule.inputs[0] && !rule.optional?.includes(i),
  );
  if (missing !== undefined && missing >= 0) fault(`inputs[${missing}]`, 'a required input is left out');
}
