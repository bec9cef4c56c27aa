// Prints how many tests of a jest report passed and failed: `node scripts/count-tests.js REPORT.json [AGAIN.json]`.
// A test that failed, but passed when it was done over, is told on stderr as unsteady, and counts as passed.
import { readReport, testsOf } from './jest-report.js';

const report = readReport(process.argv[2]);
const again = readReport(process.argv[3]);
const steadied = new Set(testsOf(again, (status) => status === 'passed').map(({ title }) => title));
const unsteady = testsOf(report, (status) => status === 'failed').filter(({ title }) => steadied.has(title));
const skipped = testsOf(report, (status) => status !== 'passed' && status !== 'failed');
for (const { title } of skipped) console.error(`skipped, which counts as failed: ${title}`);
for (const { title } of unsteady) console.error(`unsteady, passed when it was done over: ${title}`);
// A file that does not even load has no tests to count.
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped.length;
console.log(report.numPassedTests + unsteady.length, failed - unsteady.length);
