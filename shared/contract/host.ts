/**
 * What a window may ask of main (preload exposes exactly these as `window.guichet`). Main knows no tickets.
 * One schema a call; the handler map in main and the preload are derived from it, so a missing handler does not compile.
 */
import { z } from 'zod';
import { FileName } from '../domain/file-name.ts';
import { Language } from '../domain/model.ts';
import { QuietTimes } from './alerts.ts';

export const Settings = z.strictObject({
  language: Language.nullable(), // null: the system's
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  railWidth: z.number().int().min(56).max(320),
  listWidth: z.number().int().min(280).max(900),
  /** Alerts go to the system's notifications too. */
  notifications: z.boolean(),
  quiet: QuietTimes,
  /** A person's first visit gets a short guide, once. */
  guideSeen: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

export const SessionState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('no_server') }),
  /** `unsent`: operations of `login` waiting in the outbox, so that the sign-in page can say they are kept. */
  z.strictObject({
    state: z.literal('signed_out'),
    server: z.string(),
    service: z.string().nullable(),
    login: z.string().nullable(),
    unsent: z.number().int(),
  }),
  z.strictObject({ state: z.literal('signed_in'), server: z.string(), service: z.string(), personId: z.string(), login: z.string() }),
]);
export type SessionState = z.infer<typeof SessionState>;

/** Failures of the host that a person reads; texts are the renderer's. */
export const HostFailure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unreachable'), detail: z.string() }),
  z.strictObject({ kind: z.literal('not_guichet') }),
  z.strictObject({ kind: z.literal('insecure') }), // http outside loopback
  z.strictObject({ kind: z.literal('bad_address') }),
  z.strictObject({ kind: z.literal('wrong_credentials'), attemptsLeft: z.number().int().nullable() }),
  z.strictObject({ kind: z.literal('too_many_attempts'), retryAfter: z.number().int() }),
  z.strictObject({ kind: z.literal('refused_number') }),
  z.strictObject({ kind: z.literal('refused_link') }),
  z.strictObject({ kind: z.literal('other'), detail: z.string() }),
]);
export type HostFailure = z.infer<typeof HostFailure>;
export type HostResult<T> = { ok: true; value: T } | { ok: false; failure: HostFailure };

/** The largest file that a server may be set to take. */
const MAX_SAVED_BYTES = 1024 * 1024 * 1024;

export const hostCalls = {
  /** What a window needs for its first paint. */
  boot: {
    input: z.undefined(),
    output: z.strictObject({
      settings: Settings,
      systemLanguage: Language,
      session: SessionState,
      version: z.string(),
      platform: z.string(),
      plainTextSecrets: z.boolean(),
    }),
  },
  setSettings: { input: Settings.partial(), output: Settings },
  /** Looks whether a Guichet server answers there, and keeps the address. */
  chooseServer: { input: z.string().max(300), output: SessionState },
  signIn: { input: z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1000) }), output: SessionState },
  signOut: { input: z.undefined(), output: SessionState },
  /** Hands an E.164 number ("+33465711208") to the system's dialler. Only `+` and digits pass. */
  dial: { input: z.string().max(40), output: z.undefined() },
  /** https and mailto only. */
  openLink: { input: z.string().max(2000), output: z.undefined() },
  copyText: { input: z.string().max(100_000), output: z.undefined() },
  /** Asks the person where, and writes a file that is readable by him only; `saved` false: he thought better of it. `name`: proposed. */
  saveText: {
    input: z.strictObject({ name: z.string().regex(/^[\w-]{1,80}\.json$/), text: z.string().max(50_000_000) }),
    output: z.strictObject({ saved: z.boolean() }),
  },
  /** Asks the person where, and writes an attached file there, marked as coming from outside. `saved` false: he thought better of it. */
  saveFile: {
    input: z.strictObject({ name: FileName, bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_SAVED_BYTES) }),
    output: z.strictObject({ saved: z.boolean() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
export type HostCalls = typeof hostCalls;
export type HostCallName = keyof HostCalls;
export type HostApi = {
  [K in HostCallName]: (input: z.input<HostCalls[K]['input']>) => Promise<HostResult<z.output<HostCalls[K]['output']>>>;
} & {
  /** Main pushes the session when it changes (signed out elsewhere, refresh refused). Returns the unsubscriber. */
  onSession(listener: (session: SessionState) => void): () => void;
  /** Main asks for a ticket to be shown: its notification was chosen; null: several at once, the list of mine. Returns the unsubscriber. */
  onShow(listener: (ticketId: string | null) => void): () => void;
  /** The core's port is posted to the page: window 'message' with data CORE_PORT and ports[0]; this asks for a new one. */
  requestCorePort(): void;
};
export { CORE_PORT } from './channels.ts';
