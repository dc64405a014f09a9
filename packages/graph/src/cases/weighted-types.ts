// The types that operators with a filter are tried in.
import type { CaseType } from './operator-case.js';

export const weightedTypes: readonly CaseType[] = [
  { from: 'float32' },
  { from: 'float32', weights: 'int8' },
  { from: 'int8' },
  { from: 'int8', weights: 'int4' },
  { from: 'int16' },
  { from: 'int16', bias: 'int32' },
];
