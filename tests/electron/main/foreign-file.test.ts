import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markAsForeign, quarantineMark, savedName, zoneMark } from '../../../electron/main/foreign-file.ts';

test.each([
  ['photo.png', 'photo.png'],
  ['a<b>:"c|?*.txt', 'a_b___c___.txt'],
  ['../up', '.._up'],
  ['con.txt', '_con.txt'],
  ['LPT1', '_LPT1'],
  ['trailing. . ', 'trailing'],
  ['...', '_'],
])('the name %j is proposed as %j', (name, saved) => expect(savedName(name)).toBe(saved));

test('the mark of the web is beside the file, as Windows keeps it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-mark-'));
  try {
    const file = join(folder, 'a.txt');
    writeFileSync(file, 'x');
    // On another system the stream is a file of that name.
    await markAsForeign(file, 'win32');
    expect(readFileSync(`${file}:Zone.Identifier`, 'utf8')).toBe(zoneMark);
    expect(zoneMark).toContain('ZoneId=3');
    expect(quarantineMark(new Date(0x6000_0000 * 1000))).toBe('0081;60000000;Guichet;');
    // A place that takes no mark is no reason not to save.
    await expect(markAsForeign(join(folder, 'nowhere', 'b.txt'), 'win32')).resolves.toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
