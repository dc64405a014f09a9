// Red is a test that ran and failed; nothing else is.
import { verdictOf, whyNotGreen } from './verdict.mjs';

const suite = '/copy/packages/a/src/a.spec.ts';
const test = (status, ...failureMessages) => ({ status, fullName: `a ${status} test`, failureMessages });
const report = (status, assertionResults, message = '') => ({
  testResults: [
    { name: '/copy/packages/a/src/b.spec.ts', status: 'passed', message: '', assertionResults: [test('passed')] },
    { name: suite, status, message, assertionResults },
  ],
});
const passed = report('passed', [test('passed'), test('pending')]);
const compileFault = report('failed', [], '\n  ● Test suite failed to run\n\n    Expected ";" in a.ts\n');

it('takes an untouched suite that passed with a test, and no other', () => {
  expect(whyNotGreen(passed, suite)).toBeUndefined();
  expect(whyNotGreen(report('failed', [test('passed'), test('failed', 'Error')]), suite)).toBe('1 of its tests fail');
  expect(whyNotGreen(compileFault, suite)).toMatch(/^it does not run: ● Test suite failed/);
  expect(whyNotGreen(report('passed', [test('pending'), test('todo')]), suite)).toBe('none of its tests ran');
  expect(whyNotGreen(report('passed', []), suite)).toBe('none of its tests ran');
  expect(whyNotGreen({ testResults: [] }, suite)).toMatch(/no result/);
  expect(whyNotGreen(undefined, suite)).toMatch(/no result/);
});

it('calls a fault noticed where a test ran and failed', () => {
  const failed = report('failed', [test('passed'), test('failed', 'Error: expect(received).toBe(expected)')]);
  expect(verdictOf(failed, suite)).toEqual({ verdict: 'red', by: 'a failed test' });
  expect(verdictOf(passed, suite).verdict).toBe('green');
});

it('calls a fault broken whose text does not compile, or names what is not there', () => {
  expect(verdictOf(compileFault, suite)).toMatchObject({
    verdict: 'broken',
    by: expect.stringMatching(/failed to run/),
  });
  const slip = test('failed', 'ReferenceError: leest is not defined\n    at a.ts:3');
  expect(verdictOf(report('failed', [slip]), suite)).toEqual({
    verdict: 'broken',
    by: 'ReferenceError: leest is not defined',
  });
  expect(verdictOf(report('failed', [slip, test('failed', 'Error: 1 is not 2')]), suite).verdict).toBe('red');
  expect(verdictOf(undefined, suite).verdict).toBe('broken');
  expect(verdictOf(report('passed', [test('pending')]), suite).verdict).toBe('broken');
});
