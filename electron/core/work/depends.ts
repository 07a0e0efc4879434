/** What an operation builds on: a rejection of it stops only those that name it in `after`. */
import type { StoredOperation } from '../storage/outbox-rows.ts';

/** Operations whose unanswered predecessors of these names made the value that they act on. */
const buildsOn: Record<string, readonly string[]> = {
  claim: ['release', 'assign'],
  release: ['assign', 'release'],
  assign: ['assign', 'release'],
  set_urgency: ['set_urgency'],
  set_category: ['set_category'],
  edit_contact: ['edit_contact'],
  resume: ['wait'],
  wait: ['resume', 'wait'],
  validate: ['resolve'],
  refuse: ['resolve'],
  reopen: ['resolve'],
};

/** Ids of the unanswered operations of the same ticket that `name` builds on; its open and a tentative claim always. */
export function dependencies(name: string, input: Record<string, unknown>, pending: readonly StoredOperation[]): string[] {
  const names = new Set(['open', 'claim', ...(buildsOn[name] ?? [])]);
  const ids = pending.filter((operation) => names.has(operation.name)).map((operation) => operation.id);
  const target = name === 'undo' ? pending.find((operation) => operation.id === input.operationId) : undefined;
  if (target) ids.push(target.id);
  return [...new Set(ids)].slice(-50);
}

/** `id` and everything queued that builds on it, directly or not, last first. */
export function withDependents(id: string, pending: readonly StoredOperation[]): StoredOperation[] {
  const gone = new Set([id]);
  for (const operation of pending) if (operation.after.some((one) => gone.has(one))) gone.add(operation.id);
  return pending.filter((operation) => gone.has(operation.id)).reverse();
}
