// The closing figures of a test run.
import { countResults, plainLine } from './count-results.mjs';

const report = (passed, failed, todo = 0, broken = 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: todo,
  numRuntimeErrorTestSuites: broken,
});

describe('countResults', () => {
  it('adds up passed, failed and left-out tests', () => {
    expect(countResults([report(3, 1), report(4, 0, 2)])).toEqual({ passed: 7, failed: 1, skipped: 2 });
  });

  it('counts a suite that does not load, and a run without a report, as failures', () => {
    expect(countResults([report(3, 0, 0, 1), null]).failed).toBe(2);
  });
});

describe('plainLine', () => {
  it('names skipped tests only where there are some', () => {
    expect(plainLine({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed');
    expect(plainLine({ passed: 2, failed: 1, skipped: 4 })).toBe('2 passed, 1 failed, 4 skipped');
  });
});
