import { invalidArgument } from './refusal.js';

/** Looks a field of an object up: undefined where it has none. */
export type Fields = (path: readonly string[]) => string | undefined;

type Test = (fields: Fields) => boolean;

/** containerd's filter language: selectors of one filter are joined by AND, filters by OR, none means all. */
export function matcher(filters: readonly string[]): Test {
  const alternatives = filters.map(parse);
  return (fields) => alternatives.length === 0 || alternatives.some((matches) => matches(fields));
}

/** The fields of an object with plain properties and maps, such as `labels`. */
export function fieldsOf(
  plain: Readonly<Record<string, string>>,
  maps: Readonly<Record<string, ReadonlyMap<string, string>>> = {},
): Fields {
  return ([name = '', ...rest]) =>
    rest.length === 0 && Object.hasOwn(plain, name) ? plain[name] : maps[name]?.get(rest.join('.'));
}

function parse(filter: string): Test {
  const tests: Test[] = [];
  let at = 0;
  const refuse = (where: number, why: string): Error =>
    invalidArgument(
      `filters: parse error: [${filter.slice(0, where)} >|${filter.slice(where, where + 1)}|< ${filter.slice(where + 1)}]: ${why}: invalid argument`,
    );
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(filter)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const word = (pattern: RegExp): string =>
    filter[at] === '"' ? (JSON.parse(take(/"(?:\\.|[^"\\])*"/y)) as string) : take(pattern);
  while (at < filter.length) {
    const path = [word(/\w+/y)];
    while (take(/\./y) !== '') path.push(word(/[\w\-/]+/y));
    const start = at;
    const operator = take(/[=!~]+/y);
    if (operator !== '' && !['==', '!=', '~='].includes(operator)) {
      throw refuse(start, `unsupported operator ${JSON.stringify(operator)}`);
    }
    tests.push(test(path, operator, operator === '' ? '' : word(/[^,"]+/y)));
    if (at < filter.length && take(/,/y) === '') throw refuse(at, 'expected a separator');
  }
  return (fields) => tests.every((matches) => matches(fields));
}

function test(path: readonly string[], operator: string, wanted: string): Test {
  switch (operator) {
    case '==':
      return (fields) => fields(path) === wanted;
    case '!=':
      return (fields) => fields(path) !== wanted;
    case '~=':
      return (fields) => new RegExp(wanted).test(fields(path) ?? '');
    default:
      return (fields) => Boolean(fields(path));
  }
}
