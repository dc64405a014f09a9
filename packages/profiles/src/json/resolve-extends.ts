// Follows "extends" through the folder and merges what it finds.
import { WherryError } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import { parseStrictJson, type JsonObject, type JsonValue } from './parse-strict-json.js';

/** Text of the document with that id, in the same folder. Undefined: there is none. */
export type ResolveDocument = (id: string) => string | undefined;

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * The document with everything it extends merged in: objects key by key, other values replaced by the extending
 * document's. `extends` is an id, never a path, so nothing outside of the folder can be named.
 * Throws PROFILE_JSON and PROFILE_EXTENDS.
 */
export function resolveExtends(
  text: string,
  where: string,
  resolve: ResolveDocument,
  chain: readonly string[] = [],
): JsonValue {
  const document = parseStrictJson(text, where);
  if (!isObject(document) || !('extends' in document)) return document;
  const { extends: base, ...own } = document;
  if (typeof base !== 'string' || !idPattern.test(base)) {
    refuse(
      where,
      `"extends" is ${JSON.stringify(base)}, which is not an id`,
      'give the id of a file of the same folder',
    );
  }
  const longer = [...chain, where];
  if (longer.includes(base)) {
    refuse(
      where,
      `the files extend each other in a circle: ${[...longer, base].join(' -> ')}`,
      'remove one of the "extends"',
    );
  }
  const found = resolve(base);
  if (found === undefined)
    refuse(where, `"extends" names "${base}", which is not there`, `add ${base}.json or correct the name`);
  const merged = resolveExtends(found, base, resolve, longer);
  return isObject(merged) ? merge(merged, own) : own;
}

function refuse(where: string, what: string, next: string): never {
  throw new WherryError(profileDiagnostics.PROFILE_EXTENDS, { what, where, next });
}

function merge(base: JsonObject, own: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const before = merged[key];
    merged[key] = isObject(value) && isObject(before) ? merge(before, value) : value;
  }
  return merged;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
