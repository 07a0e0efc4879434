/** The system's keyring by way of Electron; undefined where Electron would only seal with a key that everybody knows. */
import { safeStorage } from 'electron';
import type { Keyring } from './secrets-file.ts';

export function systemKeyring(): Keyring | undefined {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return undefined;
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  return { seal: (text) => safeStorage.encryptString(text), unseal: (sealed) => safeStorage.decryptString(sealed) };
}
