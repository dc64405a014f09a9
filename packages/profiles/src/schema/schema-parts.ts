// Pieces that the schemas of profiles and of kernel tables share.
import { dataTypes } from '@wherry/graph';

/** An object with exactly these keys; those of `optional` may be missing. */
export function exactly(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
  };
}

export const text = { type: 'string', minLength: 1, maxLength: 1000 };
export const identifier = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' };
/** Dotted numbers, or a date where a runtime has no releases. */
export const version = { type: 'string', pattern: '^[0-9]{1,4}([.-][0-9]{1,4}){1,3}$' };
export const date = { type: 'string', pattern: '^20[0-9]{2}-[0-1][0-9]-[0-3][0-9]$' };
export const dataType = { enum: Object.keys(dataTypes) };
/** Names of TFLite's BuiltinOperator enum. */
export const builtinPattern = '^[A-Z][A-Z0-9_]{1,62}$';

export function listOf(
  items: object,
  limits: { readonly minItems?: number; readonly uniqueItems?: boolean } = {},
): object {
  return { type: 'array', items, maxItems: 100, uniqueItems: true, ...limits };
}
