// What jest's report says of a suite: green, red, or nothing at all. Only a test that ran and failed is red.

/** Errors of a fault that was written wrongly, not of a test that found it. */
const slip = /ReferenceError|SyntaxError/;

const suiteIn = (report, suite) => report?.testResults?.find(({ name }) => name === suite);

/**
 * Of the untouched suite: undefined when it passed with at least one test, else why it proves nothing.
 *
 * @param report as `jest --json` writes it; undefined when there is none
 * @param suite absolute path of the spec file
 */
export function whyNotGreen(report, suite) {
  const result = suiteIn(report, suite);
  if (result === undefined) return 'jest left no result for it';
  const count = (status) => result.assertionResults.filter((test) => test.status === status).length;
  if (count('failed') > 0) return `${count('failed')} of its tests fail`;
  if (result.status !== 'passed') return `it does not run: ${firstLine(result.message)}`;
  return count('passed') === 0 ? 'none of its tests ran' : undefined;
}

/**
 * Of the suite with a fault planted. `red`: a test failed, the first of them is `by`; `green`: all passed; `broken`: the
 * suite did not run, or failed by a slip of the fault's own text, and says nothing of the fault.
 *
 * @returns {{ verdict: 'red' | 'green' | 'broken', by: string }}
 */
export function verdictOf(report, suite) {
  const result = suiteIn(report, suite);
  if (result === undefined) return { verdict: 'broken', by: 'jest left no result for it' };
  const failed = result.assertionResults.filter(({ status }) => status === 'failed');
  const found = failed.find(({ failureMessages }) => !failureMessages.some((message) => slip.test(message)));
  if (found !== undefined) return { verdict: 'red', by: found.fullName };
  if (failed.length > 0) return { verdict: 'broken', by: firstLine(failed[0].failureMessages[0]) };
  if (result.status !== 'passed') return { verdict: 'broken', by: firstLine(result.message) };
  const ran = result.assertionResults.some(({ status }) => status === 'passed');
  return ran ? { verdict: 'green', by: 'every test passed' } : { verdict: 'broken', by: 'no test ran' };
}

function firstLine(message = '') {
  return (
    message
      .split('\n')
      .find((line) => /\w/.test(line))
      ?.trim() ?? 'no message'
  );
}
