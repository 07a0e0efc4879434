/** Slows guessing: after some failures in a row an account, or an address, pauses. Kept in the database: a restart forgives nothing. */
import type { WriteTx } from '../db/database.ts';

export const ACCOUNT_TRIES = 5;
/** An address stands for a whole office behind one router: it gets more. */
export const ADDRESS_TRIES = 30;
export const PAUSE_MS = 5 * 60_000;

export type Attempt = { allowed: true; attemptsLeft: number } | { allowed: false; retryAfter: number };

/** Counts a try before its password is looked at, so that many at once cannot slip through. `retryAfter` in seconds. */
export async function countAttempt(tx: WriteTx, login: string, address: string): Promise<Attempt> {
  await tx.lock(accountKey(login), addressKey(address));
  const account = await failuresOf(tx, accountKey(login));
  const office = await failuresOf(tx, addressKey(address));
  // An address that pauses counts nowhere: it could otherwise go on to shut every account out, and fill the table.
  for (const [one, tries] of [
    [account, ACCOUNT_TRIES],
    [office, ADDRESS_TRIES],
  ] as const) {
    if (one.failures >= tries) return { allowed: false, retryAfter: Math.max(1, Math.ceil((PAUSE_MS - one.age) / 1000)) };
  }
  await tx
    .deleteFrom('login_attempt')
    .where('last_at', '<', new Date(tx.now.getTime() - PAUSE_MS).toISOString())
    .execute();
  for (const { key, failures } of [account, office]) {
    const values = { failures: failures + 1, last_at: tx.now.toISOString() };
    await tx
      .insertInto('login_attempt')
      .values({ key, ...values })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
      .execute();
  }
  return { allowed: true, attemptsLeft: ACCOUNT_TRIES - account.failures - 1 };
}

/** Failures in a row that still count. `age` in ms; those after now are of a clock that was set back, and no reason to wait. */
async function failuresOf(tx: WriteTx, key: string): Promise<{ key: string; failures: number; age: number }> {
  const row = await tx.selectFrom('login_attempt').selectAll().where('key', '=', key).executeTakeFirst();
  const age = row ? tx.now.getTime() - Date.parse(row.last_at) : Number.POSITIVE_INFINITY;
  return { key, failures: row && age >= 0 && age < PAUSE_MS ? row.failures : 0, age };
}

/** A right password clears the account, and takes its own try off the address. */
export async function forgiveAttempts(tx: WriteTx, login: string, address: string): Promise<void> {
  await tx.deleteFrom('login_attempt').where('key', '=', accountKey(login)).execute();
  await tx
    .updateTable('login_attempt')
    .set((e) => ({ failures: e('failures', '-', 1) }))
    .where('key', '=', addressKey(address))
    .where('failures', '>', 0)
    .execute();
}

function addressKey(address: string): string {
  return `address:${address}`;
}
function accountKey(login: string): string {
  return `account:${login.toLowerCase()}`;
}
