/** The refresh token on the disk, sealed by the system's keyring where there is one. Main alone reads it. */
import { rmSync } from 'node:fs';
import { z } from 'zod';
import { parseJson, readIfThere, writeWhole } from './atomic-file.ts';

/** Whose session it is, and of which server: the token is never sent to another one. */
export const KeptSession = z.strictObject({
  server: z.string(),
  service: z.string(),
  personId: z.string(),
  login: z.string(),
  refreshToken: z.string(),
});
export type KeptSession = z.infer<typeof KeptSession>;

/** The system's keyring; absent where it would only pretend to hide. */
export interface Keyring {
  seal(text: string): Buffer;
  /** Throws when the keyring is another one than the text was sealed with. */
  unseal(sealed: Buffer): string;
}

export interface SecretsFile {
  /** Undefined when nothing is kept, or it cannot be unsealed any more: the person signs in again. */
  read(): KeptSession | undefined;
  /** Returns when it is on the disk. */
  write(session: KeptSession): void;
  clear(): void;
  readonly isPlainText: boolean;
}

const Content = z.union([z.strictObject({ sealed: z.string() }), z.strictObject({ plain: KeptSession })]);

export function openSecrets(file: string, keyring: Keyring | undefined): SecretsFile {
  return {
    isPlainText: keyring === undefined,
    read() {
      const content = Content.safeParse(parseJson(readIfThere(file)));
      if (!content.success) return undefined;
      if ('plain' in content.data) return content.data.plain;
      return KeptSession.safeParse(parseJson(unsealed(content.data.sealed, keyring))).data;
    },
    write(session) {
      const content: z.infer<typeof Content> = keyring
        ? { sealed: keyring.seal(JSON.stringify(session)).toString('base64') }
        : { plain: session };
      writeWhole(file, JSON.stringify(content));
    },
    clear() {
      rmSync(file, { force: true });
    },
  };
}

function unsealed(text: string, keyring: Keyring | undefined): string | undefined {
  try {
    return keyring?.unseal(Buffer.from(text, 'base64'));
  } catch {
    return undefined;
  }
}
