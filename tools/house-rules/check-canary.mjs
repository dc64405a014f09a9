// Lints the canary and fails unless every rule that it breaks is reported: a lint that sees no project graph checks nothing.
import { ESLint } from 'eslint';

const canary = 'packages/graph/canary/imports-upward.ts';
const expected = ['@nx/enforce-module-boundaries', 'no-restricted-imports', 'no-restricted-globals'];

const eslint = new ESLint({ overrideConfig: [] });
const [result] = await eslint.lintFiles([canary]);
const reported = new Set((result?.messages ?? []).map(({ ruleId }) => ruleId));
const silent = expected.filter((rule) => !reported.has(rule));
if (silent.length > 0) {
  console.error(`the canary ${canary} is not reported by ${silent.join(', ')}: lint is blind`);
  process.exitCode = 1;
} else {
  console.log(`the canary is reported by ${expected.join(', ')}`);
}
