// Every scheme by its name.
import { dynamicRange } from './dynamic-range.js';
import { float16 } from './float16.js';
import { float32 } from './float32.js';
import { int16x8 } from './int16x8.js';
import { int4 } from './int4.js';
import { int8 } from './int8.js';
import type { Scheme, SchemeName } from './scheme.js';

export const schemes: { readonly [S in SchemeName]: Scheme & { readonly name: S } } = {
  float32,
  float16,
  'dynamic-range': dynamicRange,
  int8,
  int16x8,
  int4,
};

export const schemeNames = Object.keys(schemes) as readonly SchemeName[];
