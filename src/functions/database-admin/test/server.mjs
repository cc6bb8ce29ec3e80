import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';

/** A MariaDB of its own, empty, in a temporary folder. It has the procedure by which RDS is configured, as far as the function calls it. */
export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'database-admin-'));
  const owner = `--user=${userInfo().username}`;
  execFileSync('mariadb-install-db', ['--no-defaults', `--datadir=${folder}/data`, '--auth-root-authentication-method=normal', '--skip-test-db', owner], { stdio: 'ignore' });
  const port = await freePort();
  const server = spawn('mariadbd', [
    '--no-defaults', `--datadir=${folder}/data`, `--socket=${folder}/socket`, `--port=${port}`, '--bind-address=127.0.0.1', '--skip-name-resolve',
    '--log-bin', '--binlog-format=ROW', '--log-bin-trust-function-creators=1', '--innodb-flush-log-at-trx-commit=0', owner,
  ], { stdio: 'ignore', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  const root = await connected({ host: '127.0.0.1', port, user: 'root', multipleStatements: true }, server);
  await root.query("GRANT ALL ON *.* TO admin@'%' IDENTIFIED BY 'secret' WITH GRANT OPTION");
  return {
    port,
    root,
    stop: async () => {
      await root.end();
      server.kill('SIGKILL');
      await new Promise(resolve => server.once('exit', resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function connected(options, server) {
  for (;;) {
    if (server.exitCode !== null)
      throw new Error('MariaDB ended instead of starting.');
    try {
      return await mysql.createConnection(options);
    } catch (error) {
      if (error.code !== 'ECONNREFUSED')
        throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}

const freePort = () => new Promise(resolve => {
  const probe = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
