import { quoted } from './names.mjs';

/** Rows per replicated table; null for one that isn't there. */
export async function counts(connection, { tables }) {
  const rows = {};
  for (const [schema, names] of Object.entries(tables)) {
    for (const name of names)
      rows[`${schema}.${name}`] = await count(connection, schema, name);
  }
  return { rows, total: Object.values(rows).reduce((sum, count) => sum + (count ?? 0), 0) };
}

async function count(connection, schema, name) {
  try {
    const [[{ count }]] = await connection.query(`SELECT count(*) AS count FROM ${quoted(schema)}.${quoted(name)}`);
    return Number(count);
  } catch (error) {
    if (['ER_NO_SUCH_TABLE', 'ER_BAD_DB_ERROR'].includes(error.code))
      return null;
    throw error;
  }
}
