// Subgraphs that operators call must exist and must not call each other in a circle.
import { positionOf } from '../decode/decode-table.js';
import { tfliteDiagnostics } from '../diagnostics.js';
import { refuse } from '../refuse.js';
import { layoutOf } from '../schema/field-notation.js';
import type { Operator, TfliteModel } from '../schema/table-types.js';
import { inRange } from './verify-references.js';

interface Call {
  readonly to: number;
  readonly path: string;
  readonly owner: Operator;
}

export function verifyCalls(model: TfliteModel): void {
  const calls = (model.subgraphs ?? []).map((subgraph, s) =>
    (subgraph.operators ?? []).flatMap((operator, o) => callsOf(operator, `subgraphs[${s}].operators[${o}]`)),
  );
  for (const { to, path, owner } of calls.flat()) inRange(to, model.subgraphs, path, 'subgraphs', owner);
  refuseCircles(calls);
}

/** The subgraphs that an operator calls, in the order of its fields. */
export function calledBy(operator: Operator): readonly number[] {
  return callsOf(operator, '').map(({ to }) => to);
}

/** Fields that name subgraphs are known by the schema's own naming. */
function callsOf(operator: Operator, path: string): Call[] {
  return (['builtin_options', 'builtin_options_2'] as const).flatMap((side) => {
    const options = operator[side];
    if (options === undefined) return [];
    return layoutOf(options.type).fields.flatMap(({ name }) => {
      if (!name.includes('subgraph') && name !== 'called_computations') return [];
      const value = (options.value as Readonly<Record<string, number | readonly number[] | undefined>>)[name] ?? [];
      return [value].flat().map((to) => ({ to, path: `${path}.${side}.${name}`, owner: operator }));
    });
  });
}

/** Depth-first with an own stack: a chain of calls may be as long as the file has subgraphs. */
function refuseCircles(calls: readonly (readonly Call[])[]): void {
  const done = new Set<number>();
  const open = new Set<number>();
  for (let root = 0; root < calls.length; root++) {
    const stack: { subgraph: number; next: number }[] = done.has(root) ? [] : [{ subgraph: root, next: 0 }];
    open.add(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const call = calls[top.subgraph]?.[top.next++];
      if (call === undefined) {
        open.delete(top.subgraph);
        done.add(top.subgraph);
        stack.pop();
      } else if (open.has(call.to)) {
        const what = `subgraph ${call.to} calls itself, directly or through others`;
        refuse(tfliteDiagnostics.TFLITE_ORDER, what, call.path, positionOf(call.owner));
      } else if (!done.has(call.to)) {
        open.add(call.to);
        stack.push({ subgraph: call.to, next: 0 });
      }
    }
    open.delete(root);
  }
}
