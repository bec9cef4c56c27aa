// Prints how many tests of a jest report passed and failed: `node scripts/count-tests.js REPORT.json`.
import { readFileSync } from 'node:fs';

try {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  // A file that does not even load has no tests to count.
  console.log(numPassedTests, numFailedTests + numRuntimeErrorTestSuites);
} catch {
  console.log(0, 1); // jest died before it could report
}
