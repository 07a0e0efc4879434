/**
 * The one way to hash a console's state, so that two ends can compare: canonical JSON (keys sorted, no spaces) of every row
 * as sent, one `table\tid\tjson\n` a row, sorted by table and id in code-unit order. The digest itself is the caller's (Node).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const record = value as Record<string, unknown>;
    const parts = Object.keys(record)
      .filter((key) => record[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`);
    return `{${parts.join(',')}}`;
  }
  return JSON.stringify(value);
}

export function canonicalLine(table: string, id: string, row: unknown): string {
  return `${table}\t${id}\t${canonicalJson(row)}\n`;
}
