/** Where access tokens come from: main by message, or a password kept in memory by the headless core. */
import { SessionTokens } from '#shared/contract/api.ts';
import { type Machine, thisMachine } from '../machine.ts';
import { request } from './server-api.ts';
import { SyncError } from './sync-error.ts';

export interface AccessToken {
  token: string;
  /** Instant. */
  expiresAt: string;
}
export interface TokenSource {
  current(): AccessToken | null;
  /** The token was refused or is about to expire; a new one comes by `onChange`, or not. */
  renew(): void;
  onChange(listener: () => void): void;
}

const ASK_AGAIN_MS = 5_000;

/** Tokens that main sends; asks for one at most every five seconds. */
export class MessageTokens implements TokenSource {
  #current: AccessToken | null = null;
  #ask: () => void;
  #askedAt = Number.NEGATIVE_INFINITY;
  #listener: () => void = () => undefined;
  #machine: Machine;

  constructor(ask: () => void, machine = thisMachine) {
    this.#ask = ask;
    this.#machine = machine;
  }
  current(): AccessToken | null {
    return this.#current;
  }
  renew(): void {
    if (this.#machine.monotonic() - this.#askedAt < ASK_AGAIN_MS) return;
    this.#askedAt = this.#machine.monotonic();
    this.#ask();
  }
  onChange(listener: () => void): void {
    this.#listener = listener;
  }
  set(token: AccessToken | null): void {
    if (token?.token === this.#current?.token) return;
    this.#current = token;
    this.#askedAt = Number.NEGATIVE_INFINITY;
    this.#listener();
  }
}

/** Signs in with a password and keeps both tokens in memory. */
export class PasswordTokens implements TokenSource {
  #server: string;
  #login: string;
  #password: string;
  #tokens: SessionTokens | null = null;
  #renewing = false;
  #listener: () => void = () => undefined;

  constructor(server: string, login: string, password: string) {
    this.#server = server;
    this.#login = login;
    this.#password = password;
  }

  /** Throws a SyncError: out of reach, or wrong password. */
  async signIn(): Promise<SessionTokens> {
    const body = { login: this.#login, password: this.#password, device: 'headless core' };
    this.#tokens = await this.#post('/v1/session', body);
    this.#listener();
    return this.#tokens;
  }
  current(): AccessToken | null {
    return this.#tokens && { token: this.#tokens.accessToken, expiresAt: this.#tokens.accessExpiresAt };
  }
  renew(): void {
    if (this.#renewing) return;
    this.#renewing = true;
    this.#renew()
      // The loop asks again when it next needs one.
      .catch(() => undefined)
      .finally(() => {
        this.#renewing = false;
      });
  }
  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  async #renew(): Promise<void> {
    if (this.#tokens) {
      try {
        this.#tokens = await this.#post('/v1/session/refresh', { refreshToken: this.#tokens.refreshToken });
        this.#listener();
        return;
      } catch (error) {
        if (!(error instanceof SyncError) || error.kind !== 'unauthorized') throw error;
      }
    }
    await this.signIn();
  }
  async #post(path: string, body: unknown): Promise<SessionTokens> {
    const { data } = await request(thisMachine.transport, { server: this.#server, method: 'POST', path, body });
    return SessionTokens.parse(data);
  }
}
