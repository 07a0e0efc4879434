/**
 * The person's session: main alone holds the refresh token and exchanges it, one exchange at a time. The successor is on the
 * disk before its access token is used, so that a kill at any instant leaves a token that the server still takes.
 */
import type { SessionTokens } from '#shared/contract/api.ts';
import type { MainToCore } from '#shared/contract/core.ts';
import type { HostResult, SessionState } from '#shared/contract/host.ts';
import type { KeptSession, SecretsFile } from './secrets-file.ts';
import { parseServerAddress } from './server-address.ts';
import type { ServerFile } from './server-file.ts';
import { exchangeRefreshToken, greet, requestSession, revokeSession } from './server-requests.ts';

export type CoreSession = Extract<MainToCore, { type: 'session' }>['session'];

export interface SessionSurroundings {
  secrets: SecretsFile;
  choice: ServerFile;
  /** Name of this console in the server's list of sessions. */
  device: string;
  /** Hands the session to core; null: signed out. */
  tellCore(session: CoreSession): void;
  /** The windows hear of a change that they did not ask for. */
  tellWindows(state: SessionState): void;
  /** Operations in the outbox that were not sent. */
  countUnsent(): Promise<number>;
  /** Runs `work` after about `delay` ms; returns how to call it off. */
  later(work: () => void, delay: number): () => void;
}

const firstDelay = 2_000; // ms
const longestDelay = 30_000; // ms

export class Session {
  readonly #around: SessionSurroundings;
  #kept: KeptSession | undefined;
  #access: { token: string; expiresAt: string } | undefined;
  #exchange: Promise<void> | undefined;
  #delay = firstDelay;
  #callOff: (() => void) | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #online = false;

  constructor(around: SessionSurroundings) {
    this.#around = around;
  }

  /** Takes up what the profile keeps. `preset`: a server from the command line, which goes before the one chosen last. */
  start(preset: string | null): void {
    const { choice, secrets } = this.#around;
    if (preset !== null && choice.read()?.server !== preset) choice.write({ server: preset, service: null, login: null });
    const kept = secrets.read();
    // A token kept for another server stays where it is: it is never shown to this one.
    if (kept && kept.server === choice.read()?.server) this.#kept = kept;
    this.#around.tellCore(this.coreSession());
  }

  /** The first exchange with the server. Apart from `start`: it loads the network's code, for which the window need not wait. */
  goOnline(): void {
    if (this.#online) return;
    this.#online = true;
    if (this.#kept) void this.refresh();
    else void this.#learnService();
  }

  /** Core needs an access token; before `goOnline` it waits for that. */
  tokenNeeded(): void {
    if (this.#online) void this.refresh();
  }

  async state(): Promise<SessionState> {
    const kept = this.#kept;
    if (kept) return { state: 'signed_in', server: kept.server, service: kept.service, personId: kept.personId, login: kept.login };
    const choice = this.#around.choice.read();
    if (!choice) return { state: 'no_server' };
    const unsent = await this.#around.countUnsent();
    // Somebody may have signed in while core counted.
    return this.#kept ? this.state() : { state: 'signed_out', ...choice, unsent };
  }

  /** What core works with. The token is empty until the first exchange: core shows its cache and queues meanwhile. */
  coreSession(): CoreSession {
    const kept = this.#kept;
    if (!kept) return null;
    const { token, expiresAt } = this.#access ?? { token: '', expiresAt: new Date(0).toISOString() };
    return { server: kept.server, accessToken: token, accessExpiresAt: expiresAt, personId: kept.personId, login: kept.login };
  }

  chooseServer(typed: string): Promise<HostResult<SessionState>> {
    return this.#inTurn(async () => {
      const address = parseServerAddress(typed);
      if (!address.ok) return address;
      const server = address.value.url;
      const hello = await greet(server);
      if (!hello.ok) return hello;
      if (this.#kept && this.#kept.server !== server) await this.#end();
      const before = this.#around.choice.read();
      this.#around.choice.write({ server, service: hello.value.service, login: before?.server === server ? before.login : null });
      return { ok: true, value: await this.state() };
    });
  }

  signIn(login: string, password: string): Promise<HostResult<SessionState>> {
    return this.#inTurn(async () => {
      const choice = this.#around.choice.read();
      if (!choice) return { ok: false, failure: { kind: 'bad_address' } };
      const hello = choice.service === null ? await greet(choice.server) : undefined;
      if (hello && !hello.ok) return hello;
      const service = hello?.value.service ?? choice.service ?? '';
      const tokens = await requestSession(choice.server, login, password, this.#around.device);
      if (!tokens.ok) return tokens;
      if (this.#kept) await this.#end();
      this.#around.choice.write({ server: choice.server, service, login });
      this.#adopt({ server: choice.server, service, personId: tokens.value.person.id, login, refreshToken: '' }, tokens.value);
      return { ok: true, value: await this.state() };
    });
  }

  signOut(): Promise<HostResult<SessionState>> {
    return this.#inTurn(async () => {
      await this.#end();
      return { ok: true, value: await this.state() };
    });
  }

  /** Gets a fresh access token and hands it to core; who asks meanwhile waits for the same exchange. */
  refresh(): Promise<void> {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#exchange ??= this.#exchangeOnce().finally(() => {
      this.#exchange = undefined;
    });
    return this.#exchange;
  }

  /** Ends the retries; the session stays. */
  stop(): void {
    this.#callOff?.();
  }

  async #exchangeOnce(): Promise<void> {
    const kept = this.#kept;
    if (!kept) return;
    const answer = await exchangeRefreshToken(kept.server, kept.refreshToken);
    if (this.#kept !== kept) return;
    if (answer === 'refused') {
      this.#forget();
      this.#around.tellWindows(await this.state());
    } else if (answer === 'later') this.#tryAgain();
    else this.#adoptOrTryAgain(kept, answer);
  }

  #adoptOrTryAgain(kept: KeptSession, tokens: SessionTokens): void {
    try {
      this.#adopt(kept, tokens);
    } catch {
      // The disk is full: without a stored successor its access token is not used, and the old token is offered again.
      this.#tryAgain();
    }
  }

  /** First the disk, then the use. */
  #adopt(kept: KeptSession, tokens: SessionTokens): void {
    const successor = { ...kept, refreshToken: tokens.refreshToken };
    this.#around.secrets.write(successor);
    this.#kept = successor;
    this.#access = { token: tokens.accessToken, expiresAt: tokens.accessExpiresAt };
    this.#delay = firstDelay;
    this.#around.tellCore(this.coreSession());
  }

  #tryAgain(): void {
    this.#callOff?.();
    this.#callOff = this.#around.later(() => void this.refresh(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, longestDelay);
  }

  /** Tells the server as far as it can be reached, and forgets the session here in any case. */
  async #end(): Promise<void> {
    await this.#exchange;
    const stale = !this.#access || Date.parse(this.#access.expiresAt) <= Date.now();
    if (this.#kept && stale) await this.refresh();
    if (this.#kept && this.#access) await revokeSession(this.#kept.server, this.#access.token);
    this.#forget();
  }

  #forget(): void {
    this.#callOff?.();
    this.#kept = undefined;
    this.#access = undefined;
    this.#delay = firstDelay;
    this.#around.secrets.clear();
    this.#around.tellCore(null);
  }

  async #learnService(): Promise<void> {
    const choice = this.#around.choice.read();
    if (!choice || choice.service !== null) return;
    const hello = await greet(choice.server);
    const now = this.#around.choice.read();
    if (!hello.ok || this.#kept || now?.server !== choice.server || now.service !== null) return;
    this.#around.choice.write({ ...now, service: hello.value.service });
    this.#around.tellWindows(await this.state());
  }

  /** Choosing, signing in and signing out never run at the same time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work, work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
