// What DMS asks of a MySQL source before it replicates: https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html
import { query } from './source.mjs';
import { TaskError, log } from './messages.mjs';

export async function checkReplication(connection) {
  const variables = await readVariables(connection);
  if (variables.log_bin !== 'ON')
    throw new TaskError("Binary Logging must be enabled for MySQL server. Set 'log_bin' to ON (on Amazon RDS: enable automatic backups), and resume the task.");
  if (variables.binlog_format !== 'ROW')
    throw new TaskError(`Binary Logging must use ROW format for MySQL server: 'binlog_format' is ${variables.binlog_format}. Set it to ROW, and resume the task.`);
  if (variables.binlog_row_image !== 'FULL')
    throw new TaskError(`'binlog_row_image' must be FULL for MySQL server: it is ${variables.binlog_row_image}. Set it to FULL, and resume the task.`);
  await checkGrants(connection);
  await warnOfRetention(connection);
}

async function readVariables(connection) {
  const rows = await query(connection, "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format', 'binlog_row_image')");
  return Object.fromEntries(rows.map(row => [row.Variable_name.toLowerCase(), row.Value.toUpperCase()]));
}

async function checkGrants(connection) {
  const rows = await query(connection, 'SHOW GRANTS');
  const grants = rows.map(row => Object.values(row)[0].toUpperCase()).filter(grant => / ON \*\.\* /.test(grant)).join(' ');
  const has = privilege => grants.includes('ALL PRIVILEGES') || grants.includes(privilege);
  // MariaDB shows REPLICATION CLIENT under its newer name.
  const missing = [];
  if (!has('REPLICATION CLIENT') && !has('BINLOG MONITOR')) missing.push('REPLICATION CLIENT');
  if (!has('REPLICATION SLAVE') && !has('REPLICATION REPLICA')) missing.push('REPLICATION SLAVE');
  if (missing.length > 0)
    throw new TaskError(`The source user lacks the ${missing.join(' and ')} privilege${missing.length > 1 ? 's' : ''} that change data capture needs. Grant with: GRANT ${missing.join(', ')} ON *.* TO the user, and resume the task.`);
}

// RDS purges the binary log as soon as it may unless it is told how long to keep it. Elsewhere there is no such procedure.
async function warnOfRetention(connection) {
  let rows;
  try {
    [rows] = await query(connection, 'CALL mysql.rds_show_configuration');
  } catch (error) {
    if (['ER_SP_DOES_NOT_EXIST', 'ER_PROCACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ER_DBACCESS_DENIED_ERROR'].includes(error.code)) return;
    throw error;
  }
  const retention = rows.find(row => row.name === 'binlog retention hours');
  if (retention && retention.value === null)
    log('W', "'binlog retention hours' is not set: the source may purge its binary log before it is read. CALL mysql.rds_set_configuration('binlog retention hours', 24)");
}

/** Where the binary log ends now. */
export async function currentPosition(connection) {
  for (const statement of ['SHOW MASTER STATUS', 'SHOW BINARY LOG STATUS']) {
    try {
      const [row] = await query(connection, statement);
      if (!row) throw new TaskError("Binary Logging must be enabled for MySQL server. Set 'log_bin' to ON, and resume the task.");
      return { file: row.File, position: Number(row.Position) };
    } catch (error) {
      // MySQL 8.4 has only the second one, MariaDB only the first.
      if (error.code !== 'ER_PARSE_ERROR') throw error;
    }
  }
  throw new TaskError('The source does not say where its binary log ends.');
}

export const comparePositions = (a, b) => sequence(a.file) - sequence(b.file) || a.position - b.position;

const sequence = file => Number(file.slice(file.lastIndexOf('.') + 1));
