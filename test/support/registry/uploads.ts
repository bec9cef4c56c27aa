import { digestOf, sendError } from './serve.js';
import type { Fault, TestRegistry } from './registry.js';

/**
 * Lets a registry take pushes (distribution-spec): POST opens an upload or mounts, PUT stores what fits its digest.
 * Bodies come as text, so that only ASCII content can be pushed.
 */
export function takePushes(
  registry: TestRegistry,
  { location = (path: string) => path, mounts = (): boolean => false } = {},
): void {
  let uploads = 0;
  const answer: Fault = ({ request, response }) => {
    const [path = '', query] = request.target.split('?', 2);
    const search = new URLSearchParams(query);
    const repository = /^\/v2\/(.+)\/(?:blobs|manifests)\//.exec(path)?.[1] ?? '';
    const bytes = Buffer.from(request.body, 'utf8');
    const created = (key: string, mediaType: string) => {
      for (const name of new Set([key, digestOf(bytes)]))
        registry.put(repository, name, { bytes, mediaType });
      response.writeHead(201, { 'docker-content-digest': digestOf(bytes) }).end();
    };
    if (request.method === 'POST') {
      if (search.has('mount') && mounts()) return void response.writeHead(201).end();
      return void response.writeHead(202, { location: location(`${path}${uploads++}?state=a%2Fb`) }).end();
    }
    if (request.method !== 'PUT') return 'pass';
    if (path.includes('/manifests/')) {
      created(path.split('/').at(-1) ?? '', request.headers['content-type'] ?? '');
      return undefined;
    }
    if (search.get('digest') !== digestOf(bytes))
      sendError(response, 400, 'DIGEST_INVALID', 'not these bytes');
    else created(digestOf(bytes), 'application/octet-stream');
    return undefined;
  };
  registry.on({}, answer);
}
