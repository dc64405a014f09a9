// Holds values that another process, or a person, has written to a form.
import { Ajv, type ErrorObject } from 'ajv';

/** What is wrong first; undefined where nothing is. */
export type FormCheck = (value: unknown) => ErrorObject | undefined;

/** @param schema draft 7, strictly read */
export function formCheck(schema: object): FormCheck {
  const validate = new Ajv({ strict: true, allowUnionTypes: true, verbose: true }).compile(schema);
  return (value) => (validate(value) ? undefined : validate.errors![0]!);
}

/** In a sentence. */
export function faultText({ instancePath, message, keyword, params }: ErrorObject): string {
  const extra = keyword === 'additionalProperties' ? ` (${String(params['additionalProperty'])})` : '';
  return `${instancePath === '' ? 'it' : instancePath} ${message ?? keyword}${extra}`;
}
