// The schemas as functions. In the bundle of the command Ajv has written them ahead: compiling takes a tenth of a second.
import { Ajv, type ValidateFunction } from 'ajv';
import { ajvOptions, schemas, type SchemaName } from './schemas.js';

const ajv = new Ajv(ajvOptions);

/** Compiled when it is first asked for. */
export function validatorOf(name: SchemaName): ValidateFunction {
  return ajv.compile(schemas[name]);
}
