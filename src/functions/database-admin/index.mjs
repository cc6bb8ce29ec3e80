// Does in the database what no template can. Invoked with {"action": "prepare" | "seed" | "counts" | "checksums", …}; every action can be repeated.
import { objectText, secret } from './lib/aws.mjs';
import { checksums } from './lib/checksums.mjs';
import { connect } from './lib/connection.mjs';
import { counts } from './lib/counts.mjs';
import { prepare } from './lib/prepare.mjs';
import { seed } from './lib/seed.mjs';
import { settingsOf } from './lib/settings.mjs';

const actions = {
  prepare: async (connection, settings) => prepare(connection, settings, await secret(settings.replicationSecret)),
  seed: (connection, settings, event) => seed(connection, settings, event, key => objectText(settings.seedBucket, key)),
  counts,
  checksums,
};

export async function handler(event) {
  const action = actions[event?.action];
  if (!action)
    throw new Error(`Unknown action ${JSON.stringify(event?.action)}. Known are ${Object.keys(actions).join(', ')}.`);
  const settings = settingsOf(process.env);
  const connection = await connect(await secret(settings.adminSecret), settings);
  try {
    const answer = await action(connection, settings, event);
    console.log(JSON.stringify({ action: event.action, ...answer }));
    return answer;
  } finally {
    await connection.end();
  }
}
