/** Requests parsed by their zod schemas; what is wrong is told field by field, in French and English. */
import type { FastifySchema, FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import type { FieldProblem } from '#shared/domain/refusal.ts';
import { ApiFailure } from './api-failure.ts';

type Problem = z.infer<typeof FieldProblem>;
const words = { fr: z.locales.fr().localeError, en: z.locales.en().localeError };

function problemsIn(schema: z.ZodType, data: unknown, language: keyof typeof words): Problem[] {
  const issues = schema.safeParse(data, { error: words[language] }).error?.issues ?? [];
  return issues.flatMap((issue): Problem[] => {
    const path = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, message: issue.message }));
  });
}

export const validatorCompiler: FastifySchemaCompiler<FastifySchema & z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const problems = { fr: problemsIn(schema, data, 'fr'), en: problemsIn(schema, data, 'en') };
    return { error: new ApiFailure('invalid_input', { problems }) };
  };

/** Of requests that carry none. */
export const NoQuery = z.strictObject({});
export const NoBody = z.union([z.undefined(), z.null()]);
