import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * jest's order of files, the largest first: started last, the longest would keep one worker busy alone. A compat file is as
 * long as the cases that it takes in. jest's own order knows times of earlier runs only, which a fresh clone has not.
 */
export default class LongestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => sizeOf(b.path) - sizeOf(a.path));
  }

  allFailedTests(tests) {
    return tests;
  }

  shard(tests) {
    return tests;
  }

  cacheResults() {}
}

function sizeOf(path) {
  const text = readFileSync(path, 'utf8');
  const cases = [...text.matchAll(/from '(\.\/cases\/[^']+)\.js'/g)].map(([, name]) =>
    join(dirname(path), `${name}.ts`),
  );
  return cases.reduce((sum, file) => sum + statSync(file).size, text.length);
}
