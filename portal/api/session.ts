/**
 * Who is signed in, in this tab. The access token is in memory alone; the refresh token is in a cookie that no script reads. A request that
 * finds the session over waits until the same person has signed in again in its place, and goes on.
 */
import type { z } from 'zod';
import type { SignInRequest } from '#shared/contract/api.ts';
import { PortalSession } from '#shared/contract/portal.ts';
import { type Answer, done, failed, isRefused } from './answer.ts';
import { ask, type Line, type Request, send } from './http.ts';

type Person = PortalSession['person'];
export type SessionState =
  | { state: 'starting' }
  /** Nobody answered so far. */
  | { state: 'unreachable' }
  /** `person`: whose session ended, with what he was doing; null: nobody's. */
  | { state: 'out'; person: Person | null }
  | { state: 'in'; person: Person };

/** Exchanged this long before it ends: the clocks differ, and a request takes its time. */
const EARLY_MS = 30_000;
const LOCK = 'guichet-portal-refresh';

export interface SessionOptions extends Line {
  now(): number;
  /** One at a time in all tabs of this browser. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Kept in this browser: somebody has signed out, and the server does not know it yet. */
  leaving: { get(): boolean; set(isLeaving: boolean): void };
}

export class Session {
  readonly #options: SessionOptions;
  #state: SessionState = { state: 'starting' };
  #token: { value: string; until: number } | undefined;
  #refreshing: Promise<Answer<string>> | undefined;
  #leave: Promise<void> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Looks whether the cookie of an earlier visit is still good. */
  async start(): Promise<void> {
    // The cookie of whoever signed out where the server was out of reach: nobody after him at this machine goes on with it.
    if (this.#options.leaving.get()) {
      await this.#end(undefined);
      return this.#become(this.#options.leaving.get() ? { state: 'unreachable' } : { state: 'out', person: null });
    }
    const refreshed = await this.#refresh();
    if (refreshed.ok || this.#state.state === 'in') return;
    this.#become(isRefused(refreshed.failure, 'unauthorized') ? { state: 'out', person: null } : { state: 'unreachable' });
  }

  async signIn(credentials: z.input<typeof SignInRequest>): Promise<Answer<PortalSession>> {
    // Its end takes the cookie away, which is the next one's by then.
    await this.#leave;
    const answer = await ask(this.#options, PortalSession, { method: 'POST', path: '/v1/portal/session', body: credentials });
    if (!answer.ok) return answer;
    this.#options.leaving.set(false);
    this.#begin(answer.value);
    return answer;
  }

  /** Forgotten here at once; the server ends it where it can be reached, otherwise at the next visit. */
  async signOut(): Promise<void> {
    const token = this.#isGood() ? this.#token?.value : undefined;
    this.#token = undefined;
    this.#options.leaving.set(true);
    this.#become({ state: 'out', person: null });
    this.#leave = this.#end(token);
    await this.#leave;
  }

  /** `token`: undefined where the cookie has to say whose session it is. */
  async #end(token: string | undefined): Promise<void> {
    const shown = token === undefined ? await this.#exchange() : done({ accessToken: token });
    const ended = shown.ok
      ? await send(this.#options, { method: 'DELETE', path: '/v1/portal/session', headers: bearer(shown.value.accessToken) })
      : shown;
    if (ended.ok || isRefused(ended.failure, 'unauthorized')) this.#options.leaving.set(false);
  }

  #exchange(): Promise<Answer<PortalSession>> {
    return this.#options.alone(LOCK, () => ask(this.#options, PortalSession, { method: 'POST', path: '/v1/portal/session/refresh' }));
  }

  ask<S extends z.ZodType>(schema: S, request: Request): Promise<Answer<z.output<S>>> {
    return this.#authorized(request, (whole) => ask(this.#options, schema, whole));
  }
  send(request: Request): Promise<Answer<Response>> {
    return this.#authorized(request, (whole) => send(this.#options, whole));
  }

  async #authorized<T>(request: Request, go: (request: Request) => Promise<Answer<T>>): Promise<Answer<T>> {
    const personId = this.#personId();
    const token = this.#token && this.#isGood() ? done(this.#token.value) : await this.#tokenAnew(personId);
    if (!token.ok) return token;
    const answer = await go({ ...request, headers: { ...request.headers, ...bearer(token.value) } });
    if (answer.ok || !isRefused(answer.failure, 'unauthorized')) return answer;
    const second = await this.#tokenAnew(personId);
    return second.ok ? go({ ...request, headers: { ...request.headers, ...bearer(second.value) } }) : second;
  }

  /** By the cookie, else by the person, who signs in again. */
  async #tokenAnew(personId: string | undefined): Promise<Answer<string>> {
    const refreshed = await this.#refresh();
    if (!refreshed.ok) {
      if (!isRefused(refreshed.failure, 'unauthorized')) return refreshed;
      if (this.#state.state === 'in') this.#become({ state: 'out', person: this.#state.person });
      await this.#signedIn();
    }
    return this.#token && this.#personId() === personId ? done(this.#token.value) : failed({ kind: 'signed_out' });
  }

  #refresh(): Promise<Answer<string>> {
    this.#refreshing ??= this.#exchange()
      .then((answer): Answer<string> => {
        if (!answer.ok) return answer;
        // Another tab may have signed in as somebody else: this one's work is not his.
        const before = this.#personId();
        if (before !== undefined && before !== answer.value.person.id) this.#become({ state: 'starting' });
        this.#begin(answer.value);
        return done(answer.value.accessToken);
      })
      .finally(() => {
        this.#refreshing = undefined;
      });
    return this.#refreshing;
  }

  #begin({ accessToken, accessExpiresAt, serverTime, person }: PortalSession): void {
    const lasts = Date.parse(accessExpiresAt) - Date.parse(serverTime);
    this.#token = { value: accessToken, until: this.#options.now() + lasts };
    this.#become({ state: 'in', person });
  }

  #signedIn(): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#state.state !== 'in') return;
        leave();
        resolve();
      };
      const leave = this.subscribe(look);
      look();
    });
  }

  #isGood(): boolean {
    return this.#token !== undefined && this.#token.until - EARLY_MS > this.#options.now();
  }

  #personId(): string | undefined {
    return 'person' in this.#state ? this.#state.person?.id : undefined;
  }

  #become(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
