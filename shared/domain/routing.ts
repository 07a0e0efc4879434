import { DISPATCH_TEAM, type Route } from './model.ts';

/** The team of a new ticket: the first route by position that matches (null matches everything), else the dispatch team. */
export function routeOf(routes: readonly Route[], categoryId: string, siteId: string): string {
  let best: Route | undefined;
  for (const route of routes) {
    const matches = (route.categoryId ?? categoryId) === categoryId && (route.siteId ?? siteId) === siteId;
    if (matches && (best === undefined || route.position < best.position)) best = route;
  }
  return best?.teamId ?? DISPATCH_TEAM;
}
