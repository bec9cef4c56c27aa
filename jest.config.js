/** One project for each kind of test, so that CI can run the slow ones side by side. */
const project = (name) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: 'node',
});

export default {
  // Against what hangs, not what is slow: CI runs several suites at once on two cores.
  testTimeout: 60_000,
  testSequencer: './test/support/longest-first.js',
  projects: ['unit', 'commands', 'contract', 'compat', 'pty', 'faults', 'architecture'].map(project),
};
