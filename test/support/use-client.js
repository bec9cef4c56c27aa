// A program of somebody else's: prints what the built tctr/client makes of the daemon at the socket it is given.
import { Client, ContainerdError, KindError, hasKind } from 'tctr/client';

const [, , address] = process.argv;
const caught = (promise) => promise.catch((error) => error);
const told = (error) => [
  error.kind,
  error instanceof KindError,
  error instanceof ContainerdError,
  hasKind(error, 'not found'),
];

const client = await Client.connect({ address, namespace: 'default' });
const images = await client.images.list();
const absent = await caught(client.images.get('nope'));
client.close();
const nowhere = await caught(Client.connect({ address: `${address}.gone`, namespace: 'default' }));
console.log(JSON.stringify({ images, absent: told(absent), nowhere: told(nowhere) }));
