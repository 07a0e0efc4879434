import { expect, test } from 'vitest';
import { mayRead, mayReadEntry, permissions } from '#shared/domain/access.ts';
import { routeOf } from '#shared/domain/routing.ts';
import { operations } from '#shared/domain/ticket/registry.ts';
import { urgencyOf } from '#shared/domain/urgency.ts';
import { makeDesk, personIds } from './desk.ts';
import { inPool } from './story.ts';

test('the team reads everything, those whom it concerns what is public, others nothing', () => {
  const desk = makeDesk();
  const { now } = inPool();
  const sights = personIds.map((id) => [id, mayRead({ id, memberships: desk.memberships(id) }, now)]);
  expect(Object.fromEntries(sights)).toEqual({
    amira: 'all',
    bruno: 'all',
    lea: 'all',
    ines: 'all',
    chloe: 'none',
    omar: 'none',
    remi: 'public',
    bea: 'public',
    zoe: 'none',
  });
});

test('admin and importer read no ticket by their role', () => {
  const { now } = inPool();
  for (const role of ['admin', 'importer'] as const) {
    expect(mayRead({ id: 'x', memberships: [{ id: 'm', personId: 'x', teamId: null, role, revision: 1 }] }, now)).toBe('none');
  }
});

test('an entry is read by the sight of its ticket', () => {
  expect(mayReadEntry('all', { visibility: 'internal' })).toBe(true);
  expect(mayReadEntry('public', { visibility: 'public' })).toBe(true);
  expect(mayReadEntry('public', { visibility: 'internal' })).toBe(false);
  expect(mayReadEntry('none', { visibility: 'public' })).toBe(false);
});

test('every operation names a line of the matrix', () => {
  for (const definition of Object.values(operations)) expect(Object.keys(permissions)).toContain(definition.who);
});

test('the urgency matrix', () => {
  const row = (relevance: 'nuisance' | 'hindered' | 'blocked') =>
    (['person', 'team', 'site'] as const).map((importance) => urgencyOf(importance, relevance));
  expect(row('nuisance')).toEqual(['low', 'low', 'medium']);
  expect(row('hindered')).toEqual(['low', 'medium', 'high']);
  expect(row('blocked')).toEqual(['medium', 'high', 'high']);
});

test('the first route by position that matches wins, else the dispatch team', () => {
  const route = (position: number, categoryId: string | null, siteId: string | null, teamId: string) => ({
    id: `r${position}`,
    position,
    categoryId,
    siteId,
    teamId,
    revision: 1,
  });
  const routes = [route(3, null, 'lyon', 'lyon'), route(1, 'wifi', 'lyon', 'network-lyon'), route(2, 'wifi', null, 'network')];
  expect(routeOf(routes, 'wifi', 'lyon')).toBe('network-lyon');
  expect(routeOf(routes, 'wifi', 'paris')).toBe('network');
  expect(routeOf(routes, 'mail', 'lyon')).toBe('lyon');
  expect(routeOf(routes, 'mail', 'paris')).toBe('dispatch');
  expect(routeOf([], 'mail', 'paris')).toBe('dispatch');
});
