/** Texts of the inputs, and what is asked of them beyond their type. Imports may lack texts that a person must give. */
import { z } from 'zod';
import type { OperationContext } from '../operation.ts';
import type { Refusal } from '../refusal.ts';

export const Title = z.string().trim().min(1).max(200);
/** Descriptions, notes, solutions. */
export const LongText = z.string().trim().max(20_000);
/** Reasons and details. */
export const ShortText = z.string().trim().max(2_000);
/** A place on a site. */
export const Place = z.string().trim().max(200);
/** A number as it was typed; kept to the letter. */
export const TypedPhone = z.string().max(60);

/** `message` is a code that forms know: required, in_past, … */
export function problem(path: string, message: string): Refusal {
  return { code: 'invalid', problems: [{ path, message }] };
}
/** Refuses an empty text, unless it is imported. */
export function refuseEmpty(path: string, text: string, context: OperationContext): Refusal | undefined {
  return text === '' && !context.imported ? problem(path, 'required') : undefined;
}
