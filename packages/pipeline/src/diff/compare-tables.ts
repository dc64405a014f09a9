// Fields of two tables of the schema, whatever they are: what differs between them.
import { layoutOf, type TableName } from '@wherry/tflite-writer';
import type { Change } from './document.js';
import { plainValue, samePlain } from './plain-value.js';

type AnyTable = Readonly<Record<string, unknown>>;

/** A table that is not there has the defaults of the schema. `without`: fields that are compared elsewhere or mean nothing. */
export function fieldChanges(
  name: TableName,
  what: string,
  a: object | undefined,
  b: object | undefined,
  without: ReadonlySet<string> = new Set(),
): readonly Change[] {
  return layoutOf(name)
    .fields.filter((field) => !without.has(field.name))
    .flatMap((field) => {
      const [own, other] = [a, b].map((table) =>
        plainValue((table as AnyTable | undefined)?.[field.name] ?? field.absent),
      ) as [Change['a'], Change['b']];
      return samePlain(own, other) ? [] : [{ what, name: field.name, a: own, b: other }];
    });
}

/** Of unions such as the options of operators: the member, and its fields. */
export function unionChanges(
  what: string,
  a: { readonly type: TableName; readonly value: object } | undefined,
  b: { readonly type: TableName; readonly value: object } | undefined,
): readonly Change[] {
  const type = a?.type ?? b?.type;
  if (type === undefined) return [];
  if (a !== undefined && b !== undefined && a.type !== b.type)
    return [{ what, name: 'options', a: plainValue(a), b: plainValue(b) }];
  const presence =
    (a === undefined) === (b === undefined)
      ? []
      : [{ what, name: 'table of options', a: a?.type ?? null, b: b?.type ?? null }];
  return [...presence, ...fieldChanges(type, what, a?.value, b?.value)];
}
