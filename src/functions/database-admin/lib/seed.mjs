import { counts } from './counts.mjs';
import { statements } from './statements.mjs';

/**
 * Loads a sample database, schema first, when none of the replicated tables has a row, or when forced. A load that broke off leaves rows behind,
 * and only who forces the next one says that they may go.
 */
export async function seed(connection, settings, { force = false, files }, read) {
  const before = await counts(connection, settings);
  if (before.total > 0 && !force)
    return { seeded: false, reason: `The tables hold ${before.total} rows already.`, ...before };

  const keys = files ?? Object.keys(settings.tables).flatMap(schema => ['schema', 'data'].map(part => `${settings.seedPrefix}${schema}/${schema}-${part}.sql`));
  const outside = keys.find(key => !key.startsWith(settings.seedPrefix));
  if (outside)
    throw new Error(`${outside} isn't under ${settings.seedPrefix}, and the function may read nothing else.`);
  let executed = 0;
  for (const key of keys) {
    const script = await read(key);
    for (const { text, line } of statements(script)) {
      try {
        await connection.query(text);
        executed++;
      } catch (error) {
        throw new Error(`${key}, line ${line}: ${error.message}`, { cause: error });
      }
    }
  }
  // The script may have switched it off, and what it left open would be lost with the connection.
  await connection.query('COMMIT');

  const after = await counts(connection, settings);
  const missing = Object.entries(after.rows).filter(([, count]) => count === null).map(([name]) => name);
  if (missing.length > 0)
    throw new Error(`The files were loaded and don't create ${missing.join(', ')}.`);
  return { seeded: true, statements: executed, ...after };
}
