// Adds up what jest's JSON reports say.

/** A run that left no report counts as one failure: it died before it could write it. */
export function countResults(reports) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports) {
    if (report === null) {
      counts.failed += 1;
      continue;
    }
    counts.passed += report.numPassedTests;
    // A suite that does not even load has no failed test in it.
    counts.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    counts.skipped += report.numPendingTests + report.numTodoTests;
  }
  return counts;
}

/** The closing line: alone, for people and programs. */
export function plainLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
