// Values of the structures that kernels take, in the order in which the kernels' own source declares their fields.
import { anyFloat, c, comment, identifier, integer, join, type CFragment } from '@wherry/c-source';
import type { SettingsValues } from '../kernel-call.js';

interface Field {
  readonly name: string;
  readonly type: string;
}

/** An initializer of `type`, as `source` declares it. Throws an Error where fields and values are not the same: a bug. */
export function initializer(source: string, type: string, values: SettingsValues): CFragment {
  const fields = fieldsOf(source, type);
  const unknown = Object.keys(values).filter((name) => !fields.some((field) => field.name === name));
  if (unknown.length > 0) throw new Error(`${type} has no field ${unknown.join(', ')}`);
  const parts = fields.map(({ name, type: fieldType }) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${type} has no value for ${name}`);
    return c`${valueText(source, fieldType, value)} ${comment(name)}`;
  });
  return c`{ ${join(parts, ', ')} }`;
}

function valueText(source: string, type: string, value: SettingsValues[string]): CFragment {
  const written = type === 'float' ? anyFloat : literal;
  if (typeof value === 'number') return written(value);
  if (Array.isArray(value)) return c`{ ${join((value as readonly number[]).map(written), ', ')} }`;
  return initializer(source, type, value as SettingsValues);
}

/** The least int32 has no literal of its own. */
export function literal(value: number): CFragment {
  return value === -2147483648 ? c`(${integer(-2147483647)} - 1)` : integer(value);
}

function fieldsOf(source: string, type: string): readonly Field[] {
  const found = new RegExp(`typedef struct \\{([^{}]*)\\} ${identifier(type).text};`).exec(source);
  if (found === null) throw new Error(`no kernel declares ${type}`);
  return found[1]!
    .replace(/\/\*.*?\*\//gs, '')
    .split(';')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [fieldType = '', ...names] = line.split(/[\s,]+/);
      return names.map((name) => ({ name: name.replace(/\[.*/, ''), type: fieldType }));
    });
}
