import { describe, expect, test } from '@jest/globals';
import { fakeEachTest } from '../support/fake/each-test.js';

const bench = fakeEachTest();
const offered = async (...words: readonly string[]) => {
  const ran = await bench.tctr([...words, '--generate-bash-completion']);
  return { ...ran, stdout: ran.stdout.split('\n').filter(Boolean) };
};

describe('completion', () => {
  test('offers the names that the daemon has, in the namespace of the line', async () => {
    await bench.tctr(['namespaces', 'create', 'other']);
    await bench.tctr(['-n', 'other', 'leases', 'create', '--id', 'mine']);
    expect(await offered('-n', 'other', 'leases', 'delete')).toEqual({
      status: 0,
      stdout: ['mine', 'help', 'h'],
      stderr: '',
    });
    expect((await offered('leases', 'delete')).stdout).toEqual(['help', 'h']);
    expect((await offered('namespaces', 'remove')).stdout).toContain('other');
  });

  test('goes on without names where the daemon does not answer', async () => {
    bench.fake.fault({ method: 'Images.List' }, { kind: 'cut' });
    expect(await offered('rmi')).toEqual({ status: 0, stdout: ['help', 'h'], stderr: '' });
    const nobody = await bench.tctr(['rmi', '--generate-bash-completion'], { socket: '/nonexistent.sock' });
    expect(nobody).toEqual({ status: 0, stdout: 'help\nh\n', stderr: '' });
  });

  test('prints a script for a shell, and says which it has', async () => {
    expect((await bench.tctr(['completion', 'bash'])).stdout).toMatch(/complete .* tctr\n$/);
    expect(await bench.tctr(['completion', 'tcsh'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tctr: no completion for "tcsh" (one of bash, zsh, fish)\n',
    });
  });
});
