import type { TFunction } from 'i18next';
import type { HostFailure } from '#shared/contract/host.ts';

/** What a host failure says to the person: who refused, why, what to do. */
export function failureText(failure: HostFailure, t: TFunction): string {
  switch (failure.kind) {
    case 'wrong_credentials':
      return failure.attemptsLeft === null
        ? t('failure.wrong')
        : `${t('failure.wrong')} ${t('failure.attemptsLeft', { count: failure.attemptsLeft })}`;
    case 'too_many_attempts': {
      const minutes = Math.max(1, Math.ceil(failure.retryAfter / 60));
      return t('failure.tooMany', { count: minutes });
    }
    case 'unreachable':
    case 'not_guichet':
    case 'insecure':
    case 'bad_address':
    case 'refused_number':
    case 'refused_link':
      return t(`failure.${failure.kind}`);
    case 'other':
      return t('failure.other', { detail: failure.detail });
  }
}
