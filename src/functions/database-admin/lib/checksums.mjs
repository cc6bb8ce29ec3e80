import { createHash } from 'node:crypto';
import { quoted } from './names.mjs';

/**
 * Per table, its rows and the sum of their hashes, whatever order they come in. A row's hash is over the text of its values, by the rules that the
 * command-line interface writes in Athena's SQL as well: see CanonicalText.cs. Rows stream through; none is kept.
 */
export async function checksums(connection, settings, { tables, nullText, largeObjectBytes }) {
  const unknown = tables.filter(({ schema, name }) => !settings.tables[schema]?.includes(name));
  if (unknown.length > 0)
    throw new Error(`The function doesn't know ${unknown.map(({ schema, name }) => `${schema}.${name}`).join(', ')}. Deploy it again.`);
  // A TIMESTAMP's text is that of the session's time zone, and the lake's is UTC.
  await connection.query("SET SESSION time_zone = '+00:00'");
  const answer = {};
  for (const table of tables)
    answer[`${table.schema}.${table.name}`] = await checksum(connection, table, { nullText, largeObjectBytes });
  return { tables: answer };
}

async function checksum(connection, { schema, name, columns }, rules) {
  const list = columns.map(column => (column.kind === 'binary' ? `HEX(${quoted(column.name)})` : quoted(column.name))).join(', ');
  const rows = connection.connection.query({ sql: `SELECT ${list} FROM ${quoted(schema)}.${quoted(name)}`, rowsAsArray: true, typeCast: field => field.string() });
  let [count, sum] = [0, 0n];
  try {
    for await (const row of rows.stream({ highWaterMark: 256 })) {
      count++;
      sum += hashOf(rowText(columns, row, rules));
    }
  } catch (error) {
    if (['ER_NO_SUCH_TABLE', 'ER_BAD_DB_ERROR'].includes(error.code))
      return null;
    throw error;
  }
  return { rows: count, checksum: String(sum) };
}

const hashOf = text => createHash('md5').update(text).digest().readBigInt64BE(0);

export const rowText = (columns, values, rules) => columns.map((column, i) => valueText(column, values[i], rules)).join('|');

function valueText(column, value, { nullText, largeObjectBytes }) {
  const text = value === null ? null : canonical[column.kind](column.largeObject && largeObjectBytes > 0 ? cut(column, value, largeObjectBytes) : value);
  // In CSV a text that is NULL can't be told from no value.
  return text === null || text === nullText ? '\\N' : text.replaceAll('\\', '\\\\').replaceAll('|', '\\|');
}

// As DMS cuts it: at a character's end.
function cut(column, value, most) {
  if (column.kind === 'binary')
    return value.slice(0, most * 2);
  const bytes = Buffer.from(value);
  if (bytes.length <= most)
    return value;
  let end = most;
  while ((bytes[end] & 0xc0) === 0x80)
    end--;
  return bytes.toString('utf8', 0, end);
}

// MySQL has dates that are none, such as 0000-00-00, and the lake has no value for them.
const isDate = text => !text.slice(0, 10).includes('-00');

const canonical = {
  integer: text => String(BigInt(text)),
  decimal: text => text,
  date: text => (isDate(text) ? text : null),
  timestamp: text => (isDate(text) ? (text.length === 19 ? `${text}.` : text).padEnd(23, '0').slice(0, 23) : null),
  text: text => text,
  binary: text => text,
};
