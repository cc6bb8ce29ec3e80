// The source's tables as its information schema describes them.
import { query } from './source.mjs';

const COLUMNS = `SELECT COLUMN_NAME name, DATA_TYPE type, COLUMN_TYPE definition, CHARACTER_SET_NAME charset, COLUMN_KEY columnKey,
  CHARACTER_OCTET_LENGTH octets, NUMERIC_PRECISION \`precision\`, NUMERIC_SCALE scale, DATETIME_PRECISION fraction, EXTRA extra
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`;

const BINARY = new Set(['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'bit']);
const GEOMETRY = new Set(['geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon', 'geometrycollection', 'geomcollection']);
const TEXT = new Set(['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum', 'set', 'json']);
const LOB = new Set(['tinytext', 'text', 'mediumtext', 'longtext', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'json', ...GEOMETRY]);

export async function selectedTables(connection, rules) {
  const rows = await query(connection, "SELECT TABLE_SCHEMA s, TABLE_NAME t FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' ORDER BY 1, 2");
  return rows.filter(row => rules.selects(row.s, row.t)).map(row => ({ schema: row.s, name: row.t }));
}

/** The table with its columns; null where it does not exist (any more) or nothing of it may be read. */
export async function describeTable(connection, rules, schema, name) {
  const rows = await query(connection, COLUMNS, [schema, name]);
  if (rows.length === 0) return null;
  const columns = rows.map(row => describeColumn(row, rules.columnName(schema, name, row.name)));
  return { schema, name, targetSchema: rules.schemaName(schema), targetName: rules.tableName(schema, name), columns, added: rules.addedColumns(schema, name) };
}

function describeColumn(row, target) {
  const type = row.type.toLowerCase();
  const definition = String(row.definition);
  return {
    name: row.name,
    // Of a column that is removed only the place in the row matters.
    target,
    type,
    kind: kindOf(type),
    lob: LOB.has(type),
    key: row.columnKey === 'PRI',
    unsigned: /\bunsigned\b/i.test(definition),
    zerofill: /\bzerofill\b/i.test(definition) ? Number(/\((\d+)/.exec(definition)?.[1] ?? 0) : 0,
    charset: row.charset,
    octets: row.octets === null ? 0 : Number(row.octets),
    precision: row.precision === null ? 0 : Number(row.precision),
    scale: row.scale === null ? 0 : Number(row.scale),
    fraction: row.fraction === null ? 0 : Number(row.fraction),
    values: type === 'enum' || type === 'set' ? members(definition) : undefined,
    // Virtual columns are not in MySQL's binary log rows, nor has DMS them.
    generated: /VIRTUAL/i.test(row.extra ?? ''),
  };
}

function kindOf(type) {
  if (type === 'bit') return 'bit';
  if (BINARY.has(type) || GEOMETRY.has(type)) return 'binary';
  return TEXT.has(type) ? 'text' : 'plain';
}

// enum('a','it''s') as the information schema prints it.
function members(definition) {
  const all = [];
  for (const match of definition.matchAll(/'((?:[^'\\]|''|\\.)*)'/gs)) all.push(match[1].replaceAll("''", "'").replace(/\\(.)/gs, '$1'));
  return all;
}

const quote = name => '`' + name.replaceAll('`', '``') + '`';

/** What reads the columns as text, exactly. */
export function selectOf(table) {
  const columns = table.columns.filter(column => column.target !== null).map(column =>
    // FLOAT prints six digits otherwise and its value would be lost.
    column.type === 'float' ? `CAST(${quote(column.name)} AS DOUBLE)` : quote(column.name));
  return `SELECT ${columns.join(', ')} FROM ${quote(table.schema)}.${quote(table.name)}`;
}
