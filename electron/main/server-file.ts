/** The server that was chosen, and who signed in last: what the sign-in page shows. No secrets. */
import { z } from 'zod';
import { parseJson, readIfThere, writeWhole } from './atomic-file.ts';

const ServerChoice = z.strictObject({ server: z.string(), service: z.string().nullable(), login: z.string().nullable() });
export type ServerChoice = z.infer<typeof ServerChoice>;

export interface ServerFile {
  read(): ServerChoice | undefined;
  write(choice: ServerChoice): void;
}

export function openServerFile(file: string): ServerFile {
  let current = ServerChoice.safeParse(parseJson(readIfThere(file))).data;
  return {
    read: () => current,
    write(choice) {
      if (JSON.stringify(choice) === JSON.stringify(current)) return;
      writeWhole(file, `${JSON.stringify(choice, null, 2)}\n`);
      current = choice;
    },
  };
}
