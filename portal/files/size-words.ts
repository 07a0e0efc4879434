import type { TFunction } from 'i18next';

/** "240 Ko", "3,2 Mo". */
export function sizeWords(bytes: number, t: TFunction): string {
  if (bytes < 1_048_576) return t('files.sizeSmall', { size: Math.max(1, Math.round(bytes / 1024)) });
  return t('files.size', { size: (Math.round(bytes / 104_857.6) / 10).toLocaleString(t('language.code')) });
}
