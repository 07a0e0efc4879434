/** A draft as plain text. */
import { typesetFrench } from '#shared/domain/typeset.ts';
import type { Block, Draft, Link, Occasion } from './draft.ts';
import { greeting, replyHint } from './phrases.ts';

export function asText(draft: Draft, occasion: Occasion): string {
  const { language } = occasion.person;
  const labelled = ({ label, href }: Link) => `${label}${language === 'fr' ? typesetFrench(' :') : ':'}\n${href}`;
  const parts = draft.blocks.map((block) => plain(block, labelled));
  const end = [replyHint(occasion), occasion.service].filter((line) => line !== null);
  return `${[greeting(occasion), ...parts, ...end].join('\n\n')}\n`;
}

function plain(block: Block, labelled: (link: Link) => string): string {
  switch (block.kind) {
    case 'text':
      return block.lines.join('\n');
    case 'ticket':
      return `${block.number}\n${block.title}`;
    case 'quote':
      return block.text
        .split(/\r\n|\r|\n/)
        .map((line) => `> ${line}`.trimEnd())
        .join('\n');
    case 'choice':
      return `${labelled(block.yes)}\n\n${labelled(block.no)}`;
    case 'link':
      return labelled(block.link);
  }
}
