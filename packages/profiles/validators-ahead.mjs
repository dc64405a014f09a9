// Ajv's validators as code, for the bundle of the command: what src/schema/validators.ts compiles at its first use.
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { ajvOptions, schemas } from './dist/schema/schemas.js';

/** The CommonJS source of a module like dist/schema/validators.js. */
export function validatorsAhead() {
  const ajv = new Ajv({ ...ajvOptions, schemas, code: { source: true } });
  const names = Object.fromEntries(Object.keys(schemas).map((name) => [name, name]));
  return `${standaloneCode.default(ajv, names)}\nexports.validatorOf = (name) => exports[name];\n`;
}
