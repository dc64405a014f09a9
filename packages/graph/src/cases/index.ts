// What the contract tests of all packages go through: every operator's cases, made whole.
export { casesOf, caseTypesOf } from './all-cases.js';
export { fingerprintOf } from './fingerprint.js';
export { typeName } from './fill-case.js';
export type { CaseRun, FilledCase } from './fill-case.js';
export type { CaseType } from './operator-case.js';
export { hashOf, randomValues } from './random-values.js';
