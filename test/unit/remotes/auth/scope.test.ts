import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeScopes, pullScope, splitScopes } from '../../../../src/remotes/auth/scope.js';

describe('mergeScopes', () => {
  test.each<readonly [readonly string[], readonly string[]]>([
    [[], []],
    [[''], []],
    [['repository:a:pull'], ['repository:a:pull']],
    [['repository:a:push,pull'], ['repository:a:pull,push']],
    [['repository:a:pull', 'repository:a:pull'], ['repository:a:pull']],
    [['repository:a:pull', 'repository:a:push'], ['repository:a:pull,push']],
    [['repository:a:pull,*', 'repository:a:push'], ['repository:a:*']],
    [
      ['repository:b:pull', 'repository:a:pull'],
      ['repository:a:pull', 'repository:b:pull'],
    ],
    [['repository:h:5000/a:pull', 'repository:h:5000/a:push'], ['repository:h:5000/a:pull,push']],
    [['registry:catalog:*'], ['registry:catalog:*']],
    [['repository(plugin):a:pull'], ['repository(plugin):a:pull']],
    [['aws'], ['aws']],
    [['a:b'], ['a:b']],
    [['repository:a:'], []],
    [['repository:a:,,pull,'], ['repository:a:pull']],
    [['repository:__proto__:pull'], ['repository:__proto__:pull']],
  ])('%j', (scopes, expected) => {
    expect(mergeScopes(scopes)).toEqual(expected);
  });

  test('gives one text for one wish, in whatever order it was said', () => {
    const scope = fc.tuple(
      fc.constantFrom('a', 'b', 'c/d'),
      fc.subarray(['pull', 'push', 'delete'], { minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(scope), (wishes) => {
        const scopes = wishes.map(([name, actions]) => `repository:${name}:${actions.join(',')}`);
        expect(mergeScopes([...scopes].reverse())).toEqual(mergeScopes(scopes));
        expect(mergeScopes(mergeScopes(scopes))).toEqual(mergeScopes(scopes));
      }),
    );
  });
});

test('a challenge’s scope parameter holds several', () => {
  expect(splitScopes('repository:a:pull  repository:b:pull')).toEqual([
    'repository:a:pull',
    'repository:b:pull',
  ]);
  expect(splitScopes(undefined)).toEqual([]);
  expect(pullScope('library/x')).toBe('repository:library/x:pull');
});
