/**
 * A draft as HTML that mail programs of all ages show: tables, inline styles, no images, nothing fetched. Light by itself; dark where the
 * program knows how.
 */
import type { Block, Draft, Link, Occasion } from './draft.ts';
import { greeting, replyHint } from './phrases.ts';

const ACCENT = '#2558C9';
const FONT = "Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** Mail programs drop classes or inline styles as they please: dark colours are all that the classes are for. */
const DARK = `@media (prefers-color-scheme:dark){.page{background:#15171C!important}.card{background:#20242C!important;border-color:#343A46!important}.words{color:#E8EAEE!important}.quiet{color:#A4ABB8!important}.box{background:#282D37!important;border-color:#343A46!important}.accent,.link{color:#9DB8F5!important}.no{border-color:#9DB8F5!important}.quote{border-color:#5A76B8!important}}
@media (max-width:480px){.card{padding:20px 20px 4px!important}.choice{display:block!important;margin:0 0 12px!important}.choice table{width:100%!important}}`;

export function asHtml(draft: Draft, occasion: Occasion, subject: string): string {
  const { person, service } = occasion;
  const hint = replyHint(occasion);
  const rows = [paragraph([greeting(occasion)]), ...draft.blocks.map(block)];
  return `<!DOCTYPE html>
<html lang="${person.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escaped(subject)}</title><style>${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#F3F4F6"><table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#F3F4F6"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr><td class="card" style="background:#FFFFFF;border:1px solid #E1E4E9;border-radius:8px;padding:28px 32px 12px">
${rows.join('\n')}
</td></tr><tr><td class="quiet" style="padding:16px 8px 0;font:13px/1.5 ${FONT};color:#5B6270">${hint === null ? '' : `${escaped(hint)}<br>`}<strong class="accent" style="color:${ACCENT}">${escaped(service)}</strong></td></tr></table>
</td></tr></table></body></html>
`;
}

function block(one: Block): string {
  switch (one.kind) {
    case 'text':
      return paragraph(one.lines);
    case 'ticket':
      return box(
        `<span class="quiet" style="color:#5B6270;font-size:13px">${escaped(one.number)}</span><br><strong>${escaped(one.title)}</strong>`,
        '1px solid #E1E4E9',
        'box words',
      );
    case 'quote':
      return box(lines(one.text), '0;border-left:3px solid #B9C8EC', 'box words quote');
    case 'choice':
      return `<div style="margin:0;padding:0 0 8px">${button(one.yes, 'yes')}${button(one.no, 'no')}</div>`;
    case 'link':
      return `<p style="margin:0 0 16px;font:16px/1.5 ${FONT}"><a class="link" href="${escaped(one.link.href)}" style="color:${ACCENT}">${escaped(one.link.label)}</a></p>`;
  }
}

function paragraph(written: readonly string[]): string {
  return `<p class="words" style="margin:0 0 16px;font:16px/1.5 ${FONT};color:#1B1F27">${written.map(escaped).join('<br>')}</p>`;
}
function box(inside: string, border: string, classes: string): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;table-layout:fixed"><tr><td class="${classes}" style="background:#F7F8FA;border:${border};border-radius:6px;padding:12px 16px;font:16px/1.5 ${FONT};color:#1B1F27;overflow-wrap:break-word;word-wrap:break-word">${inside}</td></tr></table>`;
}
function button({ label, href }: Link, which: 'yes' | 'no'): string {
  const [ground, letters, classes] = which === 'yes' ? [ACCENT, '#FFFFFF', 'yes'] : ['transparent', ACCENT, 'no accent'];
  const frame = `border:2px solid ${ACCENT};border-radius:6px`;
  return `<div class="choice" style="display:inline-block;margin:0 12px 12px 0"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" class="${classes}" style="background:${ground};${frame}"><a href="${escaped(href)}" class="${classes}" style="display:block;padding:10px 20px;font:bold 16px/1.5 ${FONT};color:${letters};text-decoration:none">${escaped(label)}</a></td></tr></table></div>`;
}

/** Whatever people wrote is text and never markup. */
function escaped(written: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return written.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
function lines(written: string): string {
  return escaped(written).replace(/\r\n|\r|\n/g, '<br>');
}
