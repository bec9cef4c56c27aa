import { readFileSync } from 'node:fs';

/** A report of jest's, or one failure where jest died before it could write one. */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numRuntimeErrorTestSuites: 0, testResults: [] };
  }
}

/** The tests of a report whose status is wanted: their file, their full name, and both as one line. */
export function testsOf(report, wanted) {
  return report.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults
      .filter(({ status }) => wanted(status))
      .map(({ fullName }) => ({ file, fullName, title: `${file}: ${fullName}` })),
  );
}
