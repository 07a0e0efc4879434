/** A test desk with lines and consoles, all removed at the end. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DeskOptions, startDesk, type TestDesk, type TestSession } from '../../server/desk.ts';
import { TestConsole } from './console.ts';
import { Line } from './line.ts';

const headless = join(import.meta.dirname, '../../../electron/core/headless.ts');

export interface Stage {
  desk: TestDesk;
  /** A session over the direct line, for looking at the server. */
  direct(login: string): Promise<TestSession>;
  newLine(): Promise<Line>;
  newProfile(): string;
  /** A console of this person, signed in over the line, with its first bootstrap done. */
  console(login: string, line: Line, profile?: string): Promise<TestConsole>;
  /** As `npm run core -- --status` prints it. */
  status(profile: string): Promise<{ epoch: string; seq: number; outbox: number; tickets: number; hash: string }>;
  close(): Promise<void>;
}

export async function setStage(options: DeskOptions = {}): Promise<Stage> {
  const desk = await startDesk(options);
  const folder = mkdtempSync(join(tmpdir(), 'guichet-core-'));
  const consoles: TestConsole[] = [];
  const lines: Line[] = [];
  const sessions = new Map<string, TestSession>();
  let profiles = 0;
  const direct = async (login: string) => {
    const session = sessions.get(login) ?? (await desk.signIn(login));
    sessions.set(login, session);
    return session;
  };
  return {
    desk,
    direct,
    newLine: async () => {
      const line = new Line(() => desk.url);
      await line.up();
      lines.push(line);
      return line;
    },
    newProfile: () => join(folder, String(profiles++)),
    console: async (login, line, profile = join(folder, String(profiles++))) => {
      const started = await TestConsole.start(profile);
      consoles.push(started);
      await started.signIn(line.url, async () => (await desk.signIn(login)).tokens);
      await started.inStep();
      return started;
    },
    status: async (profile) => {
      const { stdout } = await promisify(execFile)(process.execPath, [headless, '--profile', profile, '--status']);
      return JSON.parse(stdout);
    },
    close: async () => {
      for (const one of consoles) await one.kill();
      for (const line of lines) await line.down();
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
