import type { z } from 'zod';
import type { Refusal } from '../refusal.ts';

type Problems = Extract<Refusal, { code: 'invalid' }>['problems'];

/** What a schema found wrong, field by field, as codes that forms and refusal texts know. */
export function problemsOf(error: z.ZodError): Problems {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    switch (issue.code) {
      case 'unrecognized_keys':
        return { path: [path, issue.keys[0]].filter(Boolean).join('.'), message: 'unknown_field' };
      case 'too_small':
        return { path, message: issue.minimum === 1 ? 'required' : 'too_small' };
      case 'too_big':
        return { path, message: issue.origin === 'string' ? 'too_long' : 'too_big' };
      case 'invalid_type':
        return { path, message: issue.input === undefined ? 'required' : 'invalid' };
      default:
        return { path, message: 'invalid' };
    }
  });
}
