import type { Headers } from '../http/answer.js';

const longest = 1024;

/** The texts of `Warning: 299 - "…"` headers, which registries send to users (distribution-spec, warnings). */
export function readWarnings(headers: Headers): readonly string[] {
  return headers.all('warning').flatMap((value) => {
    const text = /^299 \S+ "((?:[^"\\]|\\.)*)"/.exec(value.slice(0, 4 * longest))?.[1];
    return text === undefined ? [] : [text.replace(/\\(.)/g, '$1').slice(0, longest)];
  });
}
