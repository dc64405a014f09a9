// Documents against their published schemas in docs/schema.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Validator {
  (document: unknown): boolean;
  readonly errors: unknown;
}

/** The package of profiles has the checker of schemas that speaks draft 7. */
const { Ajv } = createRequire(join(import.meta.dirname, '../../../profiles/package.json'))('ajv') as {
  readonly Ajv: new (options: object) => { compile(schema: object): Validator };
};

/** What is wrong with a document as it is printed; null where nothing is. */
export function schemaErrors(name: string): (document: object) => unknown {
  const path = join(import.meta.dirname, '../../../../docs/schema', `${name}.schema.json`);
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(path, 'utf8')) as object,
  );
  return (document) => {
    validate(JSON.parse(JSON.stringify(document)));
    return validate.errors;
  };
}
