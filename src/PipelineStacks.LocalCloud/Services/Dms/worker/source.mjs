// Connections to the source, and its errors in the words in which DMS reports them.
import mysql from 'mysql2';
import { TaskError } from './messages.mjs';

const CONNECT_TIMEOUT = 10_000;
const UNREACHABLE = new Set(['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE']);

export async function connect(source) {
  const connection = mysql.createConnection({
    host: source.host,
    port: source.port,
    user: source.user,
    password: source.password,
    ssl: ssl(source),
    connectTimeout: CONNECT_TIMEOUT,
    charset: 'utf8mb4',
    dateStrings: true,
    decimalNumbers: false,
    supportBigNumbers: true,
    bigNumberStrings: true,
    enableKeepAlive: true,
  });
  // Without a listener an error of an idle connection would end the process without a word.
  connection.on('error', () => connection.destroy());
  await new Promise((resolve, reject) => connection.connect(error => (error ? reject(explain(error, source)) : resolve())));
  return connection;
}

export function query(connection, sql, values = []) {
  return new Promise((resolve, reject) => {
    const command = connection.query({ sql, values, timeout: 60_000 }, (error, rows) => (error ? reject(error) : resolve(rows)));
    command.on?.('error', reject);
  });
}

export function explain(error, source) {
  if (error instanceof TaskError) return error;
  const detail = error.sqlMessage ?? error.message ?? String(error);
  const where = `${source.host}:${source.port}`;
  if (error.code === 'ER_ACCESS_DENIED_ERROR' || error.code === 'ER_DBACCESS_DENIED_ERROR')
    return new TaskError(`Test Endpoint failed: Application-Status: 1020912, Application-Message: Cannot connect to ODBC provider Network error has occurred, Application-Detailed-Message: RetCode: SQL_ERROR SqlState: HY000 NativeError: ${error.errno} Message: ${detail}`);
  if (UNREACHABLE.has(error.code) || (error.fatal && error.code))
    return new TaskError(`Test Endpoint failed: Application-Status: 1020912, Application-Message: Cannot connect to ODBC provider Network error has occurred, Application-Detailed-Message: RetCode: SQL_ERROR SqlState: HY000 NativeError: 2002 Message: Can't connect to MySQL server on '${where}' (${error.code ?? detail})`, true);
  return new TaskError(`Application-Status: 1020465, Application-Message: ${detail}`, false);
}

function ssl({ sslMode, certificate }) {
  switch (sslMode) {
    case 'require': return { rejectUnauthorized: false };
    case 'verify-ca': return { ca: certificate, rejectUnauthorized: true, verifyIdentity: false };
    case 'verify-full': return { ca: certificate, rejectUnauthorized: true, verifyIdentity: true };
    default: return undefined;
  }
}
