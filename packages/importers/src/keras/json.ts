// Parses the JSON of a Keras file as plain data, with a cap on its depth.
import { invalidConfig } from './refuse.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Deeper than any nesting of models that people build; keeps later recursion far from the stack's end. */
const MAX_DEPTH = 200;

/** Throws KERAS_CONFIG_INVALID for malformed or too deeply nested text. */
export function parseJson(text: string, where: string): Json {
  if (depthOf(text) > MAX_DEPTH) invalidConfig(`it is nested more than ${MAX_DEPTH} levels deep`, where);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return invalidConfig('it is not JSON', where);
  }
}

/** Greatest number of open brackets outside of strings; exact for well-formed text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth--;
  }
  return deepest;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** An own entry; a key such as `constructor` that is not there stays not there. */
export function entry(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
