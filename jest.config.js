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
  testSequencer: './test/support/longest-first.js',
  projects: ['unit', 'commands', 'contract', 'compat', 'pty', 'faults', 'architecture'].map(project),
};
