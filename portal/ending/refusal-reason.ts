import type { TFunction } from 'i18next';

export const whats = ['same', 'back', 'else'] as const;
export type What = (typeof whats)[number];

/** What the technician reads first: how it is now, what is seen, and where to call if that has changed. */
export function refusalReason({ what, see, phone }: { what: What; see: string; phone: string }, t: TFunction): string {
  const call = phone.trim() === '' ? '' : `\n${t('end.callAt', { phone: phone.trim() })}`;
  return `${t(`end.${what}`)}. ${see.trim()}${call}`;
}
