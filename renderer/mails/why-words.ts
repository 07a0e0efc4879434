import type { QuarantineReason } from '#shared/contract/quarantine.ts';

/** The key of a reason's words; an underscore would mean a plural form. */
export function whyKey(why: QuarantineReason): string {
  return why.replaceAll('_', '-');
}
