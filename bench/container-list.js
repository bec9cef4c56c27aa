import { daemon, inGroups, inNamespace } from './lab.js';
import { measure } from './measure.js';

/** `container ls` of 1,000 containers with specs of 5 KB: the answer is 5 MB in one message. */
export async function containerList({ rounds = 20 }) {
  const lab = daemon('21');
  return inNamespace(lab, async ({ namespace, client }) => {
    const value = Buffer.from(
      JSON.stringify({ ociVersion: '1.1.0', annotations: { padding: 'x'.repeat(5000) } }),
    );
    const spec = { typeUrl: 'types.containerd.io/opencontainers/runtime-spec/1/Spec', value };
    const numbers = Array.from({ length: 1000 }, (_, number) => number);
    await inGroups(numbers, (number) => client.containers.create(record(`bench-${number}`, spec)));
    const { tctr, ctr } = Object.fromEntries(
      await measure(rounds, [
        { name: 'tctr', argv: lab.tctr('-n', namespace, 'container', 'ls') },
        { name: 'ctr', argv: lab.ctr('-n', namespace, 'container', 'ls') },
      ]),
    );
    return [{ what: '`container ls`, 1,000 containers', tctr, other: ctr, target: 3 }];
  });
}

const record = (id, spec) => ({
  id,
  labels: new Map(),
  image: 'bench.example/image:1',
  runtime: { name: 'io.containerd.runc.v2', options: undefined },
  spec,
  snapshotter: '',
  snapshotKey: '',
  createdAt: undefined,
  updatedAt: undefined,
  extensions: new Map(),
  sandbox: '',
});
