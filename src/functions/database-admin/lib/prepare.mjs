import { quotedPattern } from './names.mjs';

/** Makes the database ready for DMS: how long the binary log stays, and DMS's user with its grants and no others. */
export async function prepare(connection, { binlogHours, tables }, user) {
  const binlog = await keepBinlog(connection, binlogHours);
  const grants = await createUser(connection, user, Object.keys(tables));
  return { binlogHours: binlog, user: user.username, grants };
}

async function keepBinlog(connection, hours) {
  try {
    await connection.query('CALL mysql.rds_set_configuration(?, ?)', ['binlog retention hours', hours]);
    return hours;
  } catch (error) {
    if (error.code !== 'ER_SP_DOES_NOT_EXIST')
      throw error;
  }
  // A server that isn't RDS's: its own setting decides, and is its owner's to change.
  const [rows] = await connection.query("SHOW GLOBAL VARIABLES WHERE Variable_name IN ('binlog_expire_logs_seconds', 'expire_logs_days')");
  const values = Object.fromEntries(rows.map(row => [row.Variable_name, Number(row.Value)]));
  const kept = Math.max((values.binlog_expire_logs_seconds ?? 0) / 3600, (values.expire_logs_days ?? 0) * 24);
  // Zero keeps the binary log for ever.
  if (kept > 0 && kept < hours)
    throw new Error(`The server deletes its binary log after ${kept} hours, and replication needs ${hours}: set binlog_expire_logs_seconds to ${hours * 3600}.`);
  return kept === 0 ? null : kept;
}

async function createUser(connection, { username, password }, schemas) {
  if (!username || !password)
    throw new Error("The secret of DMS's user lacks username or password.");
  const [[{ user: administrator }]] = await connection.query('SELECT CURRENT_USER() AS user');
  if (administrator.split('@')[0] === username)
    throw new Error(`DMS's user and the administrator are both called ${username}. Give DMS a user of its own.`);
  const user = `${connection.escape(username)}@'%'`;
  await connection.query(`CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY ?`, [password]);
  // The secret is the truth: a user that was there may have another password.
  await connection.query(`ALTER USER ${user} IDENTIFIED BY ?`, [password]);
  const wanted = ['REPLICATION CLIENT, REPLICATION SLAVE ON *.*', ...schemas.map(schema => `SELECT ON ${quotedPattern(schema)}.*`)];
  if (await hasOthers(connection, user, schemas))
    await connection.query(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${user}`);
  for (const grant of wanted)
    await connection.query(`GRANT ${grant} TO ${user}`);
  return wanted;
}

// MariaDB calls REPLICATION CLIENT by another name.
const expected = new Set(['USAGE', 'REPLICATION CLIENT', 'BINLOG MONITOR', 'REPLICATION SLAVE']);

async function hasOthers(connection, user, schemas) {
  const [rows] = await connection.query(`SHOW GRANTS FOR ${user}`);
  return rows.map(row => Object.values(row)[0]).some(grant => {
    const [, privileges, object] = /^GRANT (.+?) ON (.+?) TO /.exec(grant) ?? [];
    if (!privileges || grant.endsWith('WITH GRANT OPTION'))
      return true;
    return object === '*.*'
      ? privileges.split(', ').some(privilege => !expected.has(privilege))
      : privileges !== 'SELECT' || !schemas.some(schema => object === `${quotedPattern(schema)}.*`);
  });
}
