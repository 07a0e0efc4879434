import type { TFunction } from 'i18next';
import type { Failure } from './answer.ts';

/** What a failure says to the person: what happened, that nothing is lost, what to do. */
export function failureWords(failure: Failure, t: TFunction): string {
  if (failure.kind !== 'refused') return t(`failure.${failure.kind}`);
  const { error, message, attemptsLeft, retryAfter } = failure.error;
  if (error === 'wrong_credentials') {
    return attemptsLeft === undefined ? t('failure.wrong') : `${t('failure.wrong')} ${t('failure.attemptsLeft', { count: attemptsLeft })}`;
  }
  if (error === 'too_many_attempts' && retryAfter !== undefined) {
    return t('failure.tooMany', { count: Math.max(1, Math.ceil(retryAfter / 60)) });
  }
  if (error === 'internal' || error === 'unavailable') return t('failure.busy');
  return message;
}
