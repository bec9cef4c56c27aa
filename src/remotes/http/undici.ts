// The parts of undici that tctr uses, to be imported when a registry is talked to. Its index would load what it has for
// browsers too, which looks at a global that makes Node.js load an undici of its own.
import request from 'undici/lib/api/api-request.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import Pool from 'undici/lib/dispatcher/pool.js';

// As the index does it.
Object.assign(Dispatcher.prototype, { request });

export { Pool };
