// What documents are checked against: the schemas by name, and how Ajv is to read them.
import type { Options } from 'ajv';
import { deviceProfileSchema } from './device-profile-schema.js';
import { runtimeKernelsSchema } from './runtime-kernels-schema.js';

export const schemas = { profile: deviceProfileSchema, runtime: runtimeKernelsSchema };

export type SchemaName = keyof typeof schemas;

/** `verbose`: an error carries the schema and the value that it is about, which its sentence needs. */
export const ajvOptions = { strict: true, allowUnionTypes: true, verbose: true } satisfies Options;
