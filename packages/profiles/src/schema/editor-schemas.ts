// The schemas as files for editors: what a person may write, so with `extends` and then only a file's own facts required.
import { profileFacts, runtimeFacts } from '../json/own-facts.js';
import type { OwnFacts } from '../json/resolve-extends.js';
import { deviceProfileSchema } from './device-profile-schema.js';
import { runtimeKernelsSchema } from './runtime-kernels-schema.js';
import { identifier } from './schema-parts.js';

/** File name in device-profiles/schema to text. Written by the package's `generate` target, checked by its tests. */
export function editorSchemas(): ReadonlyMap<string, string> {
  return new Map([
    ['device-profile.schema.json', written(deviceProfileSchema, profileFacts)],
    ['runtime-kernels.schema.json', written(runtimeKernelsSchema, runtimeFacts)],
  ]);
}

/** A file with `extends` may leave out whatever the other one says, but for its own facts. */
function written(schema: object, { own }: OwnFacts): string {
  const { properties, required, ...rest } = schema as { properties: object; required: readonly string[] };
  const whole = {
    ...rest,
    properties: { ...properties, extends: identifier },
    if: { not: { required: ['extends'] } },
    then: { required },
    else: { required: own },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
