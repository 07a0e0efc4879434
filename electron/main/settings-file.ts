/** The person's settings on this machine. A wrong field falls back to its default alone. */
import { defaultSettings } from '#shared/contract/default-settings.ts';
import { Settings } from '#shared/contract/host.ts';
import { parseJson, readIfThere, writeWhole } from './atomic-file.ts';

export type SettingsChange = { [K in keyof Settings]?: Settings[K] | undefined };

export interface SettingsFile {
  read(): Settings;
  /** Throws when the change cannot be stored; then nothing has changed. */
  change(part: SettingsChange): Settings;
}

export function openSettings(file: string): SettingsFile {
  let current = soundPart(parseJson(readIfThere(file)));
  return {
    read: () => current,
    change(part) {
      const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
      const next = Settings.parse({ ...current, ...given });
      writeWhole(file, `${JSON.stringify(next, null, 2)}\n`);
      current = next;
      return next;
    },
  };
}

/** What of a file's content can be believed, over the defaults. */
function soundPart(content: unknown): Settings {
  const sound: Record<string, unknown> = { ...defaultSettings };
  const typed = typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  for (const [key, schema] of Object.entries(Settings.shape)) {
    const parsed = schema.safeParse(typed[key]);
    if (parsed.success) sound[key] = parsed.data;
  }
  return Settings.parse(sound);
}
