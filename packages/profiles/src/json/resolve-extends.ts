// Follows "extends" through the folder and merges what it finds.
import { WherryError } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import { parseStrictJson, type JsonObject, type JsonValue } from './parse-strict-json.js';

/** Text of the document with that id, in the same folder. Undefined: there is none. */
export type ResolveDocument = (id: string) => string | undefined;

/** What a document does not take over from the one that it extends: `own` must be stated, or is as `otherwise` says. */
export interface OwnFacts {
  readonly own: readonly string[];
  /** By key: the value where the document says nothing; undefined: the key is left out. */
  readonly otherwise: { readonly [key: string]: JsonValue | undefined };
  /** Throws PROFILE_EXTENDS where the document states a thing whose ground it takes over. `base` is its name. */
  readonly check?: (own: JsonObject, base: string, where: string) => void;
}

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * The document with everything it extends merged in: objects key by key, other values replaced by the extending
 * document's; but for the facts that are each document's own. `extends` is an id, never a path, so nothing outside of the folder can be named.
 * Throws PROFILE_JSON and PROFILE_EXTENDS.
 */
export function resolveExtends(
  text: string,
  where: string,
  resolve: ResolveDocument,
  facts: OwnFacts,
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
  const merged = resolveExtends(found, base, resolve, facts, longer);
  if (!isObject(merged)) return own;
  requireOwn(own, merged, facts.own, base, where);
  facts.check?.(own, base, where);
  return merge(withoutFacts(merged, facts), own);
}

/** Of a base that lacks the key too, the schema says so. */
function requireOwn(own: JsonObject, base: JsonObject, keys: readonly string[], name: string, where: string): void {
  const missing = keys.find((key) => !(key in own) && key in base);
  if (missing === undefined) return;
  refuse(
    where,
    `"${missing}" is missing, and is not taken over from ${name}: it is a fact of that one alone`,
    `add "${missing}" with what holds here`,
  );
}

function withoutFacts(base: JsonObject, { own, otherwise }: OwnFacts): JsonObject {
  const kept: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(base)) if (!own.includes(key) && !(key in otherwise)) kept[key] = value;
  for (const [key, value] of Object.entries(otherwise)) if (value !== undefined) kept[key] = value;
  return kept;
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

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
