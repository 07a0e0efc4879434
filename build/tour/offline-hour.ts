/** Third part: the server goes, work goes on, the console is killed, and in the end everything is in step. */
import { expect } from '../../tests/e2e/expect.ts';
import type { Scene } from './scene.ts';

export async function offlineHour(scene: Scene): Promise<void> {
  const { teller } = scene;
  const step = teller.step.bind(teller);
  let kept = '';
  let lost = '';

  teller.chapter('An hour without the server');
  await step('the server stops: one quiet line says so', async () => {
    await scene.server.stop();
    await expect(scene.console.offlineLine).toBeVisible();
    return undefined;
  });
  await step('a ticket is taken and noted all the same, to be confirmed', async () => {
    const { console } = scene;
    await console.show('pool');
    await console.list.getByRole('option').nth(1).click();
    lost = await scene.numberInPane();
    await console.note('Vu sur place avec la personne : le redémarrage n’y change rien.');
    await console.isHeldBy('me');
    await expect(console.pane).toContainText(console.say('ticket:head.toConfirm'));
    await console.leave();
    return lost;
  });
  await step('a second one too, with a call', async () => {
    const { console, page } = scene;
    await console.show('pool');
    await console.list.getByRole('option').nth(2).click();
    kept = await scene.numberInPane();
    await console.note('Pièce de rechange au dépôt de Lyon.');
    await console.leave();
    await console.dial();
    await page.keyboard.type('Ne répond pas, messagerie pleine.');
    await console.endCall('no_answer');
    return kept;
  });
  await step('everything that waits is listed', async () => {
    const waiting = await scene.console.showWaiting();
    await expect(waiting.getByRole('listitem')).toHaveCount(5);
    await scene.picture('offline');
    await scene.console.leave();
    return '5 actions';
  });
  await step('in the middle of another call, the console is killed (kill -9)', async () => {
    const { console, page } = scene;
    await console.dial();
    await page.keyboard.type('Elle rappelle du hall');
    await expect.poll(() => scene.isOnDisk('Elle rappelle du hall')).toBe(true);
    await scene.killConsole();
    return undefined;
  });
  await step('started again, still without the server: unsent work and call are there', async () => {
    await scene.openConsole();
    const { console } = scene;
    await expect(console.callBar).toBeVisible();
    await expect(console.offlineLine).toBeVisible();
    await console.goToCall();
    await expect(console.callNote).toHaveValue('Elle rappelle du hall');
    await expect(console.callBar).toContainText(console.say('ticket:call.recovered'));
    await scene.picture('call-found-again');
    await console.endCall('reached');
    const waiting = await console.showWaiting();
    await expect(waiting.getByRole('listitem')).toHaveCount(6);
    await console.leave();
    return '6 actions';
  });

  teller.chapter('Back in step');
  await step('while the console is off, the server comes back, and a colleague takes one of the two', async () => {
    await scene.closeConsole();
    await scene.server.start();
    const other = await scene.sessionOf(scene.other);
    const outcome = await other.operate('claim', await other.ticketId(lost));
    expect(outcome.status).toBe('applied');
    return `${other.name}, ${lost}`;
  });
  await step('the console comes back: the one is confirmed', async () => {
    await scene.openConsole();
    const { console } = scene;
    await console.isReady();
    await console.closeWarning();
    const mine = await scene.sessionOf(scene.me);
    const { ticket, entries } = await mine.ticket(await mine.ticketId(kept));
    expect(ticket.holderId).toBe(mine.id);
    const done = entries.filter((entry) => entry.authorId === mine.id && entry.offline).map((entry) => entry.kind);
    expect(done).toEqual(['claimed', 'noted', 'called', 'called']);
    return kept;
  });
  await step('the other is refused, says by whom it was taken, and keeps the note', async () => {
    const { console } = scene;
    await console.find(lost);
    await expect(console.rejection).toContainText(scene.other.name);
    await expect(console.timeline).toContainText('le redémarrage n’y change rien');
    await scene.picture('claim-refused');
    return undefined;
  });
  await step('console and server hold the same rows', async () => {
    await scene.console.isUpToDate();
    const mine = await scene.sessionOf(scene.me);
    expect(scene.complaints).toEqual([]);
    await scene.closeConsole();
    const status = scene.coreStatus();
    const server = await mine.hash();
    expect({ epoch: status.epoch, seq: status.seq, tickets: status.tickets, hash: status.hash }).toEqual(server);
    expect(status.outbox).toBe(0);
    return `${status.tickets} tickets, seq ${status.seq}, ${status.hash.slice(0, 12)}…`;
  });
}
