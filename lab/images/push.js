// node push.js REGISTRY BUSYBOX                       the lab's images
// node push.js REGISTRY BUSYBOX big SIZE_MB LAYERS    one large image
// Prints a reference a line.
import { pushBig } from './big.js';
import { pushCatalog } from './catalog.js';

const [registry, busybox, kind, megabytes, layers] = process.argv.slice(2);
const references =
  kind === 'big'
    ? [await pushBig(registry, busybox, Number(megabytes), Number(layers))]
    : await pushCatalog(registry, busybox);
console.log(references.join('\n'));
