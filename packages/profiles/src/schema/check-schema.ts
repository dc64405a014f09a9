// Checks a document against one of the schemas and says what is wrong in a sentence.
import type { ErrorObject } from 'ajv';
import { WherryError } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import { nearestName } from '../json/nearest-name.js';
import type { SchemaName } from './schemas.js';
import { validatorOf } from './validators.js';

/** Throws PROFILE_INVALID for the first fault. `where` names the document. */
export function checkSchema(schema: SchemaName, document: unknown, where: string): void {
  const validate = validatorOf(schema);
  if (validate(document)) return;
  const error = validate.errors![0]!;
  throw new WherryError(profileDiagnostics.PROFILE_INVALID, {
    what: sentence(error),
    where: `${where}${error.instancePath === '' ? '' : ` at ${error.instancePath}`}`,
    next: advice(error),
  });
}

function sentence({ keyword, params, message, data }: ErrorObject): string {
  if (keyword === 'additionalProperties') return `unknown key "${String(params['additionalProperty'])}"`;
  if (keyword === 'required') return `the key "${String(params['missingProperty'])}" is missing`;
  const given = typeof data === 'object' ? '' : ` (given: ${JSON.stringify(data)})`;
  if (keyword === 'enum') return `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}${given}`;
  return `${message ?? keyword}${given}`;
}

function advice({ keyword, params, parentSchema, data }: ErrorObject): string {
  if (keyword === 'enum' && typeof data === 'string') {
    const meant = nearestName(data, (params['allowedValues'] as unknown[]).map(String));
    if (meant !== null) return `did you mean "${meant}"?`;
  }
  if (keyword !== 'additionalProperties') return 'correct the value there; device-profiles/schema says what is allowed';
  const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
  const meant = nearestName(String(params['additionalProperty']), known);
  if (meant !== null) return `did you mean "${meant}"?`;
  return known.length === 0 ? 'remove it' : `use one of ${known.join(', ')}, or remove it`;
}
