import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialAddress, outgoingLink } from '../../../electron/main/outgoing.ts';

test.each(['+33465711208', '+4930123456', '112', '3949'])('%s is handed to the dialler', (number) => {
  expect(dialAddress(number)).toEqual({ ok: true, value: `tel:${number}` });
});

test.each([
  '*21*0465711208#',
  '#31#0465711208',
  '+33465711208;ext=1',
  '+33 465',
  '+123',
  '1',
  '',
  '0465711208',
  'tel:+33465711208',
  '+33465711208\n',
  '+١٢٣٤٥',
])('"%s" is not dialled', (number) => {
  expect(dialAddress(number)).toEqual({ ok: false, failure: { kind: 'refused_number' } });
});

test('whatever is asked, only "tel:", a plus and digits reach the system', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'+0123456789*#;,') })), (text) => {
      const address = dialAddress(text);
      if (address.ok) expect(address.value).toMatch(/^tel:\+?[0-9]+$/);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['HTTPS://EXAMPLE.org', 'https://example.org/'],
  ['mailto:sara.diallo@example.org', 'mailto:sara.diallo@example.org'],
])('%s may be opened', (link, opened) => {
  expect(outgoingLink(link)).toEqual({ ok: true, value: opened });
});

test.each([
  'http://example.org',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://server/share',
  'vscode://file/x',
  'https://user:secret@example.org',
  'mailto:a@example.org?attach=/etc/passwd',
  'mailto:a@example.org,b@example.org',
  'example.org',
  '',
])('"%s" is not opened', (link) => {
  expect(outgoingLink(link)).toEqual({ ok: false, failure: { kind: 'refused_link' } });
});

test.each([
  'mailto:a@b.example#?attach=/etc/passwd',
  'mailto:a@b.example?#attach=/etc/passwd',
  'mailto:a%3Fattach=x@b.example',
  'mailto:a@b.example%3Fattach=/etc/passwd',
  'mailto:a@b.example%0D%0ABcc:x',
  'mailto:a@b.example&attach=x',
  'https://x"&calc/',
  "https://x'/",
])('no field, and no word of a command, hides in a link: %s', (link) => {
  expect(outgoingLink(link)).toEqual({ ok: false, failure: { kind: 'refused_link' } });
});

test.each([
  'mailto:jean.dupont+guichet@exemple.example',
  'https://[2001:db8::1]/x',
  'https://été.example/',
  'https://a_b.example/?q=%20#x',
])('ordinary links still open: %s', (link) => {
  expect(outgoingLink(link)).toMatchObject({ ok: true });
});
