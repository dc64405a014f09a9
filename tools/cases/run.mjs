// `npm run cases`: the small inputs of ../shared/cases through the built command, what is seen against what is right.
//
//   WHERRY_ORACLE_PYTHON=.../python npm run cases -- [--only TEXT] [--json]
//
// Needs `npm run build`. The written models are run in TFLite Micro, without WHERRY_ORACLE_PYTHON by our own reference.
// Exits 1 when a case is wrong, or has no check.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { casesOf, runCases } from './run-cases.mjs';

const { values: options } = parseArgs({
  options: { only: { type: 'string', multiple: true, default: [''] }, json: { type: 'boolean', default: false } },
});
const shared = process.env.WHERRY_SHARED || fileURLToPath(new URL('../../../shared', import.meta.url));
const python = process.env.WHERRY_ORACLE_PYTHON || undefined;
if (!existsSync(join(shared, 'cases'))) {
  process.stderr.write('there are no cases: put them into ../shared/cases, or set WHERRY_SHARED\n');
  process.exit(2);
}

const cases = casesOf(shared, options.only);
const rows = await runCases(cases, { shared, python, told: (what) => process.stderr.write(`${what}\n`) });
const judge = python === undefined ? 'our own reference (WHERRY_ORACLE_PYTHON is not set)' : 'TFLite Micro';
const wrong = rows.filter(({ right }) => !right).length;

if (options.json) process.stdout.write(`${JSON.stringify({ judge, rows })}\n`);
else process.stdout.write(`${text()}\n`);
process.exitCode = wrong > 0 || rows.length === 0 ? 1 : 0;

function text() {
  const width = Math.max(...rows.map(({ name }) => name.length), 4);
  const line = ({ name, right, seen, missed, rule }) => [
    `${name.padEnd(width)}  ${right ? 'right' : 'WRONG'}`,
    `    seen      ${seen}`,
    `    expected  ${rule}`,
    ...(right ? [] : missed.map((fact) => `    not so    ${fact}`)),
  ];
  return [
    ...rows.flatMap(line),
    '',
    ...rows.map(({ name, right }) => `${name.padEnd(width)}  ${right ? 'right' : 'WRONG'}`),
    '',
    `${rows.length} cases, the written models run in ${judge}: ${rows.length - wrong} right, ${wrong} wrong`,
  ].join('\n');
}
