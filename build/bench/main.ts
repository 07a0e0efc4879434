/** `npm run bench -- [NAME…] [--json FILE] [--database-url URL] [--tickets N] [--samples N]`: a table of figures; 1 when one is over its budget. */
import { parseArgs } from 'node:util';
import { TICKETS } from './data-set.ts';
import { type FigureName, figureNames, isOver, onPostgresql, table, writeJson } from './figures.ts';
import { measure } from './measure.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    /** Of PostgreSQL: what is measured on the server is measured there too. */
    'database-url': { type: 'string' },
    /** Smaller ones are for tests of the instrument: the budgets are those of the whole desk. */
    tickets: { type: 'string', default: String(TICKETS) },
    samples: { type: 'string', default: '200' },
  },
});
const databaseUrl = values['database-url'] ?? null;
const names: readonly FigureName[] = databaseUrl === null ? figureNames : [...figureNames, ...onPostgresql];
const unknown = positionals.filter((name) => !names.some((known) => known === name));
const [tickets, samples] = [Number(values.tickets), Number(values.samples)];
if (unknown.length > 0)
  usage(
    `there is no figure ${unknown.join(', ')}; there are ${figureNames.join(', ')}, and with --database-url ${onPostgresql.join(', ')}`,
  );
if (!Number.isInteger(tickets) || tickets < 100) usage('--tickets takes a whole number from 100 on');
if (!Number.isInteger(samples) || samples < 3) usage('--samples takes a whole number from 3 on');

const figures = await measure({ names: positionals, tickets, samples, databaseUrl, say: (line) => console.error(line) });
console.log(`\n${table(figures)}`);
if (tickets !== TICKETS) console.log(`\nWith ${tickets} tickets instead of ${TICKETS}: no verdict on the budgets.`);
if (values.json !== undefined) writeJson(values.json, figures);
process.exitCode = tickets === TICKETS && figures.some(isOver) ? 1 : 0;

function usage(problem: string): never {
  console.error(`npm run bench -- [NAME…] [--json FILE]: ${problem}`);
  process.exit(2);
}
