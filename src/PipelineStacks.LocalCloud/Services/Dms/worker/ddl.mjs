// Which tables a data definition statement of the binary log is about.
const NAME = '(?:`((?:[^`]|``)+)`|([\\w$\\u0080-\\uffff]+))';
const QUALIFIED = `${NAME}(?:\\s*\\.\\s*${NAME})?`;

const FORMS = [
  ['truncate', new RegExp(`^TRUNCATE\\s+(?:TABLE\\s+)?${QUALIFIED}`, 'i')],
  ['alter', new RegExp(`^ALTER\\s+(?:ONLINE\\s+|IGNORE\\s+)*TABLE\\s+(?:IF\\s+EXISTS\\s+)?${QUALIFIED}`, 'i')],
  ['create', new RegExp(`^CREATE\\s+(?:OR\\s+REPLACE\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?${QUALIFIED}`, 'i')],
];

/** @returns what is done to which table; nothing where it is about other things than tables */
export function readDdl(text, schema) {
  const sql = text.replace(/\/\*.*?\*\//gs, ' ').trim();
  for (const [action, form] of FORMS) {
    const match = form.exec(sql);
    if (match) return [{ action, ...tableOf(match.slice(1, 5), schema) }];
  }
  const dropped = /^DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?(.+?)(?:\s+(?:RESTRICT|CASCADE))?;?$/is.exec(sql);
  if (dropped) return all(dropped[1], schema).map(table => ({ action: 'drop', ...table }));
  const renamed = /^RENAME\s+TABLES?\s+(?:IF\s+EXISTS\s+)?(.+)$/is.exec(sql);
  if (!renamed) return [];
  return all(renamed[1].replace(/\bTO\b/gi, ','), schema).map((table, index) => ({ action: index % 2 === 0 ? 'drop' : 'create', ...table }));
}

const all = (list, schema) => [...list.matchAll(new RegExp(QUALIFIED, 'g'))].map(match => tableOf(match.slice(1, 5), schema));

function tableOf([quoted1, plain1, quoted2, plain2], schema) {
  const [first, second] = [name(quoted1, plain1), name(quoted2, plain2)];
  return second === undefined ? { schema, name: first } : { schema: first, name: second };
}

const name = (quoted, plain) => quoted?.replaceAll('``', '`') ?? plain;
