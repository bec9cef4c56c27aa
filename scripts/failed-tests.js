// What jest needs to do the failed tests of a report over: `node scripts/failed-tests.js REPORT.json` prints a pattern
// of their names, then their files, a line each. It prints nothing where so much failed that chance is not the reason.
import { readReport, testsOf } from './jest-report.js';

const most = 40;

const report = readReport(process.argv[2]);
const failed = testsOf(report, (status) => status === 'failed');
if (
  failed.length === report.numFailedTests &&
  report.numRuntimeErrorTestSuites === 0 &&
  failed.length <= most
) {
  const names = new Set(failed.map(({ fullName }) => fullName.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')));
  console.log([`^(?:${[...names].join('|')})$`, ...new Set(failed.map(({ file }) => file))].join('\n'));
}
