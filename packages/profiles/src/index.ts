// The public face of this package.
export * from './check/check-graph.js';
export * from './check/known-faults.js';
export * from './check/operand-roles.js';
export * from './check/require-accepted.js';
export * from './device-profile.js';
export * from './diagnostics.js';
export * from './json/nearest-name.js';
export * from './json/parse-strict-json.js';
export * from './library.js';
export * from './parse.js';
export * from './runtime-kernels.js';
export * from './schema/editor-schemas.js';
export * from './scheme-types.js';
export * from './survey/remark.js';
export * from './survey/survey-kernels.js';
export * from './survey/survey-profile.js';
export { compareVersions } from './version.js';
