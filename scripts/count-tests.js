// Prints how many tests of a jest report passed and failed: `node scripts/count-tests.js REPORT.json`.
import { readFileSync } from 'node:fs';

const report = read(process.argv[2]);
const skipped = report.testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => `skipped, which counts as failed: ${name}: ${fullName}`),
);
if (skipped.length > 0) console.error(skipped.join('\n'));
// A file that does not even load has no tests to count.
console.log(report.numPassedTests, report.numFailedTests + report.numRuntimeErrorTestSuites + skipped.length);

/** The report, or one failure where jest died before it could write one. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numRuntimeErrorTestSuites: 0, testResults: [] };
  }
}
