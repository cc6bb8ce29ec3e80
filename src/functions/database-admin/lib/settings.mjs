/** What the template tells the function by environment variables. */
export function settingsOf(variables) {
  const missing = ['ADMIN_SECRET_ARN', 'REPLICATION_SECRET_ARN', 'BINLOG_HOURS', 'TABLES'].filter(name => !variables[name]);
  if (missing.length > 0)
    throw new Error(`The function lacks the environment variables ${missing.join(', ')}. Deploy it again.`);
  return {
    adminSecret: variables.ADMIN_SECRET_ARN,
    replicationSecret: variables.REPLICATION_SECRET_ARN,
    host: variables.DATABASE_HOST,
    port: variables.DATABASE_PORT,
    tls: variables.DATABASE_TLS !== 'none',
    binlogHours: Number(variables.BINLOG_HOURS),
    /** Schema → names of its tables. */
    tables: JSON.parse(variables.TABLES),
    seedBucket: variables.SEED_BUCKET,
    seedPrefix: variables.SEED_PREFIX ?? 'seed/',
  };
}
